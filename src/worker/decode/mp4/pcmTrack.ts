/** PCM in QuickTime and MP4 files: which of its many names means what, and its frames in handy portions. */
import { offsetBytes, swapBytes } from "../pcm/pcmBlocks";
import { MAX_CHANNELS } from "../stream";
import type { UnitDecoder } from "../unitDecoder";
import { sampleReader, type SampleEncoding } from "../pcm/wavSamples";
import type { SampleEntry } from "./sampleEntry";

/** Frames that are taken in one go. */
export const PCM_UNIT_FRAMES = 4096;

export interface PcmKind {
  encoding: SampleEncoding;
  bytesPerSample: number;
  isBigEndian: boolean;
  /** 8 bits as a number with a sign. */
  isSigned: boolean;
}

/** Bits of "lpcm" flags. */
const LPCM = { float: 1, bigEndian: 2, signed: 4 };

/** What an entry means; null when it is no PCM, or of a kind that does not exist. */
export function pcmKindOf(entry: SampleEntry): PcmKind | null {
  const { type, sampleSize, pcmFlags, isLittleEndian } = entry;
  const bytes = Math.ceil(sampleSize / 8);
  const kind = (
    encoding: SampleEncoding,
    bytesPerSample: number,
    isBigEndian: boolean,
    isSigned = true,
  ): PcmKind => ({
    encoding,
    bytesPerSample,
    isBigEndian,
    isSigned,
  });
  switch (type) {
    case "sowt":
      return kind("integer", bytes === 1 ? 1 : 2, false);
    case "twos":
      return kind("integer", bytes, true);
    case "raw ":
      return kind("integer", bytes === 2 ? 2 : 1, true, bytes === 2);
    case "in24":
      return kind("integer", 3, !isLittleEndian);
    case "in32":
      return kind("integer", 4, !isLittleEndian);
    case "fl32":
      return kind("float", 4, !isLittleEndian);
    case "fl64":
      return kind("float", 8, !isLittleEndian);
    case "ipcm":
      return kind("integer", bytes, !isLittleEndian);
    case "fpcm":
      return kind("float", bytes, !isLittleEndian);
    case "alaw":
      return kind("aLaw", 1, false);
    case "ulaw":
      return kind("muLaw", 1, false);
    case "lpcm": {
      const flags = pcmFlags ?? 0;
      const isBigEndian = (flags & LPCM.bigEndian) !== 0;
      const isFloat = (flags & LPCM.float) !== 0;
      return kind(isFloat ? "float" : "integer", bytes, isBigEndian, (flags & LPCM.signed) !== 0);
    }
    default:
      return null;
  }
}

const CODECS: Readonly<Record<SampleEncoding, string>> = {
  integer: "PCM",
  float: "PCM float",
  aLaw: "A-law",
  muLaw: "µ-law",
};

/** The decoder of units of whole frames; null when there is no such PCM. */
export function openPcm({ channels, sampleRate }: SampleEntry, kind: PcmKind): UnitDecoder | null {
  const { encoding, bytesPerSample, isBigEndian, isSigned } = kind;
  const read = sampleReader(encoding, bytesPerSample);
  if (!read || channels < 1 || channels > MAX_CHANNELS) return null;
  const frameBytes = channels * bytesPerSample;
  const bytes = new Uint8Array(Math.ceil((PCM_UNIT_FRAMES * frameBytes) / 8) * 8);
  const samples = new Float32Array(channels * PCM_UNIT_FRAMES);
  const planes = Array.from({ length: channels }, (_, c) =>
    samples.subarray(c * PCM_UNIT_FRAMES, (c + 1) * PCM_UNIT_FRAMES),
  );
  const isSigned8 = encoding === "integer" && bytesPerSample === 1 && isSigned;
  const change = isSigned8 ? offsetBytes : isBigEndian ? swapBytes(bytesPerSample) : null;
  return {
    codec: CODECS[encoding],
    lossless: encoding === "integer" || encoding === "float",
    sampleRate,
    channels,
    bitDepth: encoding === "integer" || encoding === "float" ? bytesPerSample * 8 : 8,
    decode(unit) {
      const length = Math.floor(unit.length / frameBytes);
      bytes.set(unit);
      change?.(bytes.subarray(0, unit.length));
      read(bytes.buffer, length, planes);
      return {
        samples,
        length,
        layout: { start: 0, sampleStep: 1, channelStep: PCM_UNIT_FRAMES },
        factor: 1,
      };
    },
  };
}
