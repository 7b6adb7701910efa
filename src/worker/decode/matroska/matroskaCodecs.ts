/** From what a Matroska track says of its codec to the decoder that we have for it. */
import { Ac3FrameDecoder } from "../ac3/ac3Decoder";
import { AC3_FRAME_SAMPLES, isAc3Intact, parseAc3Header } from "../ac3/ac3Frames";
import { openAac } from "../aac/aac";
import { openAlac } from "../alac/alac";
import { BlockBuffer } from "../BlockBuffer";
import { joinBlocks } from "../joinBlocks";
import { xiphSizes, type MatroskaTrack } from "./matroskaTracks";
import { oggFlac } from "../ogg/oggFlac";
import { startMpeg } from "../mp3/mpegPackets";
import { opus } from "../ogg/opus";
import { swapBytes } from "../pcm/pcmBlocks";
import type { TrackCodec } from "../trackCodec";
import { fromUnits } from "../unitCodec";
import type { UnitDecoder } from "../unitDecoder";
import { vorbis } from "../ogg/vorbis";
import { sampleReader, type SampleEncoding } from "../pcm/wavSamples";

/** What stands before the stream's description in a first packet of FLAC in Ogg. */
const OGG_FLAC_START = Uint8Array.from([0x7f, 0x46, 0x4c, 0x41, 0x43, 1, 0, 0, 0]);

/**
 * Starts a track's decoder; null when its description makes no sense, "unknown" when there is none for it.
 *
 * @param firstFrames - the track's first frames, for codecs that do not describe themselves.
 */
export async function startTrack(
  track: MatroskaTrack,
  firstFrames: Uint8Array[],
): Promise<TrackCodec | "unknown" | null> {
  const { codec, codecPrivate } = track;
  switch (codec) {
    case "A_OPUS":
      return inMatroska(await opus.start([codecPrivate]));
    case "A_VORBIS":
      return inMatroska(await vorbis.start(splitHeaders(codecPrivate)));
    case "A_FLAC":
      return inMatroska(await oggFlac.start([joined(OGG_FLAC_START, codecPrivate)]));
    case "A_AAC":
      return unitsOf(track, await openAac({ kind: "config", bytes: codecPrivate }, firstFrames));
    case "A_ALAC":
      return unitsOf(track, openAlac(codecPrivate));
    case "A_MPEG/L3":
      return startMpeg(3, track.sampleRate, track.channels);
    case "A_MPEG/L2":
      return startMpeg(2, track.sampleRate, track.channels);
    case "A_AC3":
      return startAc3(track);
    case "A_PCM/INT/LIT":
      return startPcm(track, "integer", false);
    case "A_PCM/INT/BIG":
      return startPcm(track, "integer", true);
    case "A_PCM/FLOAT/IEEE":
      return startPcm(track, "float", false);
    default:
      return "unknown";
  }
}

function unitsOf({ codecDelay }: MatroskaTrack, decoder: UnitDecoder | null): TrackCodec | null {
  if (!decoder) return null;
  return fromUnits(decoder, "Matroska", Math.round((codecDelay * decoder.sampleRate) / 1e9));
}

function inMatroska(codec: TrackCodec | null): TrackCodec | null {
  return codec && { ...codec, format: { ...codec.format, container: "Matroska" } };
}

/** Three headers: their number less one, the sizes of the first two, and then themselves. */
function splitHeaders(bytes: Uint8Array): Uint8Array[] {
  const laces = bytes[0] === 2 ? xiphSizes(bytes, 1, 2) : null;
  if (!laces) return [];
  const [first = 0, second = 0] = laces.sizes;
  const start = laces.next;
  return [
    bytes.slice(start, start + first),
    bytes.slice(start + first, start + first + second),
    bytes.slice(start + first + second),
  ];
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

async function startAc3({ sampleRate, channels }: MatroskaTrack): Promise<TrackCodec> {
  const decoder = await Ac3FrameDecoder.create();
  const codec: TrackCodec = {
    brokenFrames: 0,
    format: { container: "Matroska", codec: "AC-3", lossless: false, sampleRate, channels, bitDepth: null },
    preSkip: 0,
    decode(frames) {
      const buffer = new BlockBuffer(channels);
      let length = 0;
      for (const frame of frames) {
        const header = parseAc3Header(frame, 0);
        const isWhole = header?.channels === channels && header.bytes <= frame.length && isAc3Intact(frame);
        const isDecoded = isWhole && decoder.decode(frame, header, buffer);
        if (isDecoded === null) return Promise.resolve(null);
        if (isDecoded) length += AC3_FRAME_SAMPLES;
        else codec.brokenFrames = (codec.brokenFrames ?? 0) + 1;
      }
      return Promise.resolve({ channels: joinBlocks([...buffer.take()], channels), length });
    },
    free: () => undefined,
  };
  return codec;
}

function startPcm(
  { sampleRate, channels, bitDepth }: MatroskaTrack,
  encoding: SampleEncoding,
  isBigEndian: boolean,
): TrackCodec | null {
  const width = bitDepth / 8;
  const read = sampleReader(encoding, width);
  if (!read || channels < 1) return null;
  const change = isBigEndian ? swapBytes(width) : null;
  const codec = encoding === "float" ? "PCM float" : "PCM";
  return {
    format: { container: "Matroska", codec, lossless: true, sampleRate, channels, bitDepth },
    preSkip: 0,
    decode(packets) {
      const all = packets.reduce(joined, new Uint8Array(0));
      const length = Math.floor(all.length / (width * channels));
      const bytes = new Uint8Array(Math.ceil(all.length / 8) * 8);
      bytes.set(all);
      change?.(bytes.subarray(0, length * width * channels));
      const samples = Array.from({ length: channels }, () => new Float32Array(length));
      read(bytes.buffer, length, samples);
      return Promise.resolve({ channels: samples, length });
    },
    free: () => undefined,
  };
}
