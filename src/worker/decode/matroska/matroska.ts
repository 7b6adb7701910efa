/**
 * The first track of sound in a Matroska or WebM file. Films may be large: their pictures are passed over
 * without being decoded.
 */
import { Buffer } from "node:buffer";
import { AudioFailure } from "../../AudioFailure";
import type { FileSource } from "../../FileSource";
import { TRIAL_UNITS } from "../aac/aac";
import { EbmlWalker, ID, type EbmlElement } from "./ebml";
import { startTrack } from "./matroskaCodecs";
import type { TrackCodec } from "../trackCodec";
import { parseBlock, parseInfo, parseTracks, type MatroskaInfo, type MatroskaTrack } from "./matroskaTracks";
import { MatroskaStream } from "./MatroskaStream";
import { FAAD2, FLAC, LIBA52, MPG123, OPUS, OWN, VORBIS } from "../decoderSources";
import { Account, type AudioDecoder, type DecodedStream } from "../stream";

const MAX_HEADER_BYTES = 16 * 1024 * 1024;
const MAX_TRIAL_BYTES = 64 * 1024;
const MAX_TRIAL_DISTANCE = 4 * 1024 * 1024;

const FOREIGN: Partial<Record<string, string>> = {
  A_EAC3: "Enhanced AC-3",
  A_DTS: "DTS",
  A_TRUEHD: "Dolby TrueHD",
};

export const matroska: AudioDecoder = {
  id: "matroska",
  signatures: [[{ text: "\x1a\x45\xdf\xa3" }]],
  decoders: [OPUS, VORBIS, FLAC, FAAD2, MPG123, LIBA52, OWN],
  async open(source, start): Promise<DecodedStream> {
    const walker = new EbmlWalker(source, start);
    const { info, track, cluster } = await readHeader(source, walker);
    const codec = await startCodec(track, await firstFrames(source, cluster, track));
    const account = new Account(codec.format.sampleRate);
    account.promisedSamples = info.duration && Math.round(info.duration * codec.format.sampleRate);
    const stream = new MatroskaStream({ source, walker, info, track, codec, account, cluster });
    return {
      format: codec.format,
      blocks: () => stream.blocks(),
      summary: () => account.summary(),
      close: () => {
        codec.free();
      },
    };
  },
};

interface Header {
  info: MatroskaInfo;
  track: MatroskaTrack;
  /** The first cluster's head. */
  cluster: EbmlElement;
}

async function readHeader(source: FileSource, walker: EbmlWalker): Promise<Header> {
  let info: MatroskaInfo = { scale: 1_000_000, duration: null };
  let tracks: MatroskaTrack[] | null = null;
  for (let element = await walker.next(); element; element = await walker.next()) {
    if (element.id === ID.cluster && tracks) {
      const [track] = tracks;
      if (track) return { info, track, cluster: element };
      throw new AudioFailure("unsupportedCodec", "The file has no sound. Remove it or choose another.");
    }
    if (element.id === ID.info) info = parseInfo(await contentOf(source, element));
    else if (element.id === ID.tracks) tracks = parseTracks(await contentOf(source, element));
    else if (element.id === ID.header) await refuseOther(source, element);
  }
  throw new AudioFailure(
    "corrupt",
    tracks
      ? "The Matroska file ends before its sound. Copy or download it again."
      : "The Matroska file does not say what it holds. Copy or download it again.",
  );
}

async function contentOf(source: FileSource, { start, size }: EbmlElement): Promise<Uint8Array> {
  return source.read(start, Math.min(size ?? 0, MAX_HEADER_BYTES));
}

/** EBML may hold something else; nothing known does. */
async function refuseOther(source: FileSource, element: EbmlElement): Promise<void> {
  const text = Buffer.from(await contentOf(source, element)).toString("latin1");
  if (text.includes("matroska") || text.includes("webm")) return;
  throw new AudioFailure("unsupportedCodec", "This is EBML but no Matroska, which can't be decoded.");
}

/** Some frames from the beginning: AAC does not always say what it holds. */
async function firstFrames(
  source: FileSource,
  cluster: EbmlElement,
  track: MatroskaTrack,
): Promise<Uint8Array[]> {
  const frames: Uint8Array[] = [];
  if (track.codec !== "A_AAC") return frames;
  const walker = new EbmlWalker(source, cluster.start);
  for (let element = await walker.next(); element; element = await walker.next()) {
    const isBlock = element.id === ID.simpleBlock || element.id === ID.block;
    const bytes = isBlock
      ? await source.read(element.start, Math.min(element.size ?? 0, MAX_TRIAL_BYTES))
      : null;
    const block = bytes && parseBlock(bytes);
    if (block?.track === track.number) frames.push(...block.frames);
    if (frames.length >= TRIAL_UNITS || element.start > cluster.start + MAX_TRIAL_DISTANCE) break;
  }
  return frames.slice(0, TRIAL_UNITS);
}

async function startCodec(track: MatroskaTrack, frames: Uint8Array[]): Promise<TrackCodec> {
  const codec = track.isEncoded ? "unknown" : await startTrack(track, frames);
  if (codec === "unknown") {
    const name = FOREIGN[track.codec] ?? `"${track.codec.replace(/^A_/, "")}"`;
    const what = track.isEncoded ? "compressed or encrypted sound" : name;
    throw new AudioFailure(
      "unsupportedCodec",
      `The Matroska file holds ${what}, which can't be decoded. Convert it to Opus or FLAC.`,
    );
  }
  if (codec) return codec;
  throw new AudioFailure(
    "corrupt",
    "The Matroska file's description of its sound can't be understood. Copy or download it again.",
  );
}
