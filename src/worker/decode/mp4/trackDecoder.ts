/** From a track's sample description to the decoder of its units, or to the failure that says why there is none. */
import { AudioFailure } from "../../AudioFailure";
import type { FileSource } from "../../FileSource";
import { openAac, TRIAL_UNITS } from "../aac/aac";
import { openAlac } from "../alac/alac";
import type { UnitDecoder } from "../unitDecoder";
import { openFlac, openOpus } from "./otherCodecs";
import { openPcm, pcmKindOf } from "./pcmTrack";
import type { AudioTrack } from "./movie";
import type { SampleEntry } from "./sampleEntry";
import type { AccessUnit } from "./sampleTable";

/** MPEG-4's numbers for AAC: its own, and the three profiles of MPEG-2. */
const AAC_OBJECT_TYPES = [0x40, 0x66, 0x67, 0x68];

const NAMES: Partial<Record<string, string>> = {
  ".mp3": "MP3",
  "ms\0U": "MP3",
  "ac-3": "AC-3",
  "ec-3": "Enhanced AC-3",
  "ac-4": "AC-4",
  dtsc: "DTS",
  mlpa: "Dolby TrueHD",
  dtsh: "DTS-HD",
  samr: "AMR",
  sawb: "AMR-WB",
  mhm1: "MPEG-H",
  ima4: "IMA ADPCM",
};
const OBJECT_NAMES: Partial<Record<number, string>> = {
  0x69: "MP3",
  0x6b: "MP3",
  0xa5: "AC-3",
  0xa6: "Enhanced AC-3",
  0xa9: "DTS",
  0xad: "Opus",
  0xdd: "Vorbis",
  0xe1: "QCELP",
};

/** Whether there is a decoder for a description, as far as its names tell. */
export function isDecodable(entry: SampleEntry): boolean {
  if (entry.isProtected) return false;
  return isAac(entry) || ["alac", "fLaC", "Opus"].includes(entry.type) || pcmKindOf(entry) !== null;
}

function isAac({ type, objectType }: SampleEntry): boolean {
  return type === "mp4a" && AAC_OBJECT_TYPES.includes(objectType ?? 0x40);
}

export async function openTrackDecoder(
  source: FileSource,
  { entry }: AudioTrack,
  units: () => AsyncIterable<AccessUnit>,
): Promise<UnitDecoder> {
  const pcm = pcmKindOf(entry);
  if (pcm) return openPcm(entry, pcm) ?? refuse(unsupported(`PCM of ${entry.sampleSize} bits`));
  const { type, config } = entry;
  if (type === "alac") return (config && openAlac(config)) ?? refuse(broken("ALAC"));
  if (type === "fLaC") return (config && (await openFlac(config))) ?? refuse(broken("FLAC"));
  if (type === "Opus") return (config && (await openOpus(config))) ?? refuse(broken("Opus"));
  if (!isAac(entry)) throw unsupported(nameOf(entry));
  if (!config) throw broken("AAC");
  const decoder = await openAac({ kind: "config", bytes: config }, await firstUnits(source, units()));
  return decoder ?? refuse(unsupported("a kind of AAC"));
}

function refuse(failure: AudioFailure): never {
  throw failure;
}

function broken(codec: string): AudioFailure {
  return new AudioFailure(
    "corrupt",
    `The description of the file's ${codec} sound is missing or broken. Export it again.`,
  );
}

async function firstUnits(source: FileSource, units: AsyncIterable<AccessUnit>): Promise<Uint8Array[]> {
  const first: Uint8Array[] = [];
  for await (const { position, size } of units) {
    if (size > 0 && size <= MAX_TRIAL_BYTES) first.push(await source.readAside(position, size));
    if (first.length >= TRIAL_UNITS) break;
  }
  return first;
}

const MAX_TRIAL_BYTES = 64 * 1024;

function nameOf({ type, objectType }: SampleEntry): string {
  const name = type === "mp4a" ? OBJECT_NAMES[objectType ?? 0] : NAMES[type];
  // Any bytes may stand there; only letters and digits are shown.
  return name ?? `"${type.replaceAll(/[^\w .-]/g, "?")}"`;
}

function unsupported(what: string): AudioFailure {
  return new AudioFailure(
    "unsupportedCodec",
    `The file holds ${what}, which can't be decoded. Convert it to AAC-LC, ALAC, FLAC or WAV.`,
  );
}
