/** Files of many hours, written piece by piece out of short fixtures, so that neither time nor memory is in the way. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { id3v2Length, parseMpegHeader } from "../../src/worker/decode/mp3/mp3Frames";
import { flacFrame, flacHead, flacPiece } from "../fixtures/sound/flacFile";
import { aacEntry, box, u32 } from "../fixtures/sound/mp4File";
import { FFMPEG } from "./encodes";

const AAC_RATE = 44100;
const AAC_UNIT = 1024;
const UNITS_PER_CHUNK = 10;
const WRITE_BYTES = 4 * 1024 * 1024;

interface LongSound {
  name: string;
  /** Everything in the file, in order. */
  parts: (seconds: number) => Iterable<Uint8Array>;
  /** Bytes of zeros behind the parts. */
  zeros?: (seconds: number) => number;
}

/** Relative to the project, as the bench itself is started from there. */
const AAC_SOURCE = "test/fixtures/audio/truncated-aac.aac";
const MONO_FLAC_SOURCE = "example/Folk/Greensleeves.flac";
const MP3_SOURCE = "test/fixtures/audio/piece-cbr-noinfo.mp3";

export const LONG_SOUNDS: readonly LongSound[] = [
  { name: "long.m4a", parts: m4aParts },
  { name: "long.mp3", parts: mp3Parts },
  { name: "long.flac", parts: flacParts },
  { name: "long.wav", parts: (seconds) => [rf64Head(wavBytes(seconds))], zeros: wavBytes },
];

/** Writes one of them into `folder`; a tail of zeros takes no room on the disk. */
export async function writeLongSound(
  { name, parts, zeros }: LongSound,
  folder: string,
  seconds: number,
): Promise<string> {
  const path = join(folder, name);
  const file = await open(path, "w");
  try {
    let waiting: Uint8Array[] = [];
    let waitingBytes = 0;
    let written = 0;
    for (const part of parts(seconds)) {
      waiting.push(part);
      waitingBytes += part.length;
      if (waitingBytes < WRITE_BYTES) continue;
      written += (await file.write(Buffer.concat(waiting))).bytesWritten;
      waiting = [];
      waitingBytes = 0;
    }
    written += (await file.write(Buffer.concat(waiting))).bytesWritten;
    if (zeros) await file.truncate(written + zeros(seconds));
  } finally {
    await file.close();
  }
  return path;
}

function* flacParts(seconds: number): Generator<Uint8Array> {
  const piece = flacPiece(Uint8Array.from(flacSource()));
  const frames = Math.ceil((seconds * piece.sampleRate) / piece.blockSize);
  yield flacHead(piece, frames);
  for (let i = 0; i < frames; i++) yield flacFrame(piece, i);
}

/** In stereo where ffmpeg is installed to make it, else in mono. */
function flacSource(): Uint8Array {
  const args = ["-v", "error", "-i", MP3_SOURCE, "-c:a", "flac", "-sample_fmt", "s16", "-f", "flac", "-"];
  const { status, stdout } = spawnSync(FFMPEG, args, { maxBuffer: 64 * 1024 * 1024 });
  return status === 0 ? stdout : readFileSync(MONO_FLAC_SOURCE);
}

function* mp3Parts(seconds: number): Generator<Uint8Array> {
  const bytes = readFileSync(MP3_SOURCE);
  const frames: Uint8Array[] = [];
  let frameSeconds = 1;
  let at = id3v2Length(bytes);
  for (let header = parseMpegHeader(bytes, at); header; header = parseMpegHeader(bytes, at)) {
    frames.push(bytes.subarray(at, at + header.bytes));
    frameSeconds = header.samples / header.sampleRate;
    at += header.bytes;
  }
  for (let i = 0; i < seconds / frameSeconds; i++) yield frames[i % frames.length] ?? new Uint8Array(0);
}

function wavBytes(seconds: number): number {
  return seconds * 44100 * 4;
}

/** RF64 of 16 bits, 44.1 kHz, stereo, with its lengths in "ds64". */
function rf64Head(dataBytes: number): Uint8Array {
  const head = Buffer.alloc(80);
  head.write("RF64\xff\xff\xff\xffWAVEds64", "latin1");
  head.writeUInt32LE(28, 16);
  head.writeBigUInt64LE(BigInt(72 + dataBytes), 20);
  head.writeBigUInt64LE(BigInt(dataBytes), 28);
  head.writeBigUInt64LE(BigInt(dataBytes / 4), 36);
  head.write("fmt ", 48, "latin1");
  head.writeUInt32LE(16, 52);
  head.writeUInt16LE(1, 56);
  head.writeUInt16LE(2, 58);
  head.writeUInt32LE(44100, 60);
  head.writeUInt32LE(44100 * 4, 64);
  head.writeUInt16LE(4, 68);
  head.writeUInt16LE(16, 70);
  head.write("data\xff\xff\xff\xff", 72, "latin1");
  return head;
}

function* m4aParts(seconds: number): Generator<Uint8Array> {
  const units = aacUnits(readFileSync(AAC_SOURCE));
  const count = Math.ceil((seconds * AAC_RATE) / AAC_UNIT);
  const sizes = Uint32Array.from({ length: count }, (_, i) => units[i % units.length]?.length ?? 0);
  const dataBytes = sizes.reduce((sum, size) => sum + size, 0);
  const head = box("ftyp", Buffer.from("M4A "), u32(0));
  yield head;
  yield Buffer.concat([u32(1), Buffer.from("mdat"), u64(dataBytes + 16)]);
  for (let i = 0; i < count; i++) yield units[i % units.length] ?? new Uint8Array(0);
  yield movie(sizes, head.length + 16);
}

/** The whole frames of an ADTS file without their headers. */
function aacUnits(bytes: Uint8Array): Uint8Array[] {
  const units: Uint8Array[] = [];
  for (let at = 0; at + 7 <= bytes.length;) {
    const length = ((bytes[at + 3] ?? 0) & 3) * 2048 + (bytes[at + 4] ?? 0) * 8 + ((bytes[at + 5] ?? 0) >> 5);
    if (length <= 7 || at + length > bytes.length) break;
    units.push(bytes.subarray(at + 7, at + length));
    at += length;
  }
  return units;
}

function movie(sizes: Uint32Array, dataStart: number): Uint8Array {
  const duration = sizes.length * AAC_UNIT;
  const media = box(
    "mdia",
    box("mdhd", u32(0, 0, 0, AAC_RATE, duration, 0)),
    box("hdlr", u32(0, 0), Buffer.from("soun"), u32(0, 0, 0)),
    box("minf", box("stbl", ...sampleTable(sizes, dataStart))),
  );
  const track = box("trak", box("tkhd", u32(7, 0, 0, 1, 0, 0)), media);
  return box("moov", box("mvhd", u32(0, 0, 0, 1000, 0), new Uint8Array(80)), track);
}

function sampleTable(sizes: Uint32Array, dataStart: number): Uint8Array[] {
  const places: Uint8Array[] = [];
  const sizeTable = Buffer.alloc(4 * sizes.length);
  let at = dataStart;
  for (const [i, size] of sizes.entries()) {
    if (i % UNITS_PER_CHUNK === 0) places.push(u64(at));
    sizeTable.writeUInt32BE(size, 4 * i);
    at += size;
  }
  const last = sizes.length % UNITS_PER_CHUNK;
  const runs = [1, UNITS_PER_CHUNK, 1, ...(last > 0 ? [places.length, last, 1] : [])];
  return [
    box("stsd", u32(0, 1), aacEntry()),
    box("stts", u32(0, 1, sizes.length, AAC_UNIT)),
    box("stsc", u32(0, runs.length / 3, ...runs)),
    box("stsz", u32(0, 0, sizes.length), sizeTable),
    box("co64", u32(0, places.length), Buffer.concat(places)),
  ];
}

function u64(value: number): Uint8Array {
  return u32(Math.floor(value / 2 ** 32), value % 2 ** 32);
}
