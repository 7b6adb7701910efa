/**
 * The user's ceilings, held against a file before and while it is decoded. A header's word for its length is
 * taken only when the file has bytes enough for it; otherwise the sound is counted as it comes.
 */
import { formatNumber } from "../shared/format";
import { LIMITS, type AnalysisLimits } from "../shared/limits";
import { AudioFailure } from "./AudioFailure";
import type { AudioBlock, DecodedStream } from "./decode/stream";

/** bit/s: no music is coded in less, silence may be. */
const LOWEST_BITRATE = 4000;
const SECONDS_PER_HOUR = 3600;

/** Throws an AudioFailure when the file has more bytes than it may. */
export function refuseLargeFile(bytes: number, { maxFileSizeMB }: AnalysisLimits): void {
  if (maxFileSizeMB <= 0 || bytes <= maxFileSizeMB * 1e6) return;
  const size = Math.ceil(bytes / 1e6);
  throw beyond("maxFileSizeMB", `The file has ${size} MB, more than the limit of ${maxFileSizeMB} MB.`);
}

/** Throws an AudioFailure when what the file says of itself is beyond a limit. */
export function refuseLargeStream(
  { format, summary }: Pick<DecodedStream, "format" | "summary">,
  bytes: number,
  { maxChannels, maxSampleRate, maxDurationHours }: AnalysisLimits,
): void {
  const { channels, sampleRate } = format;
  if (maxChannels > 0 && channels > maxChannels) {
    throw beyond("maxChannels", `The file has ${channels} channels, more than the limit of ${maxChannels}.`);
  }
  if (maxSampleRate > 0 && sampleRate > maxSampleRate) {
    throw beyond(
      "maxSampleRate",
      `The file has a sample rate of ${sampleRate} Hz, above the limit of ${maxSampleRate} Hz.`,
    );
  }
  const promised = (summary().promisedSamples ?? 0) / sampleRate;
  if (promised <= secondsOf(maxDurationHours) || !isBelievable(promised, bytes, format)) return;
  const hours = formatNumber(promised / SECONDS_PER_HOUR, 1);
  throw beyond(
    "maxDurationHours",
    `The file has ${hours} hours of sound, more than the limit of ${maxDurationHours} hours.`,
  );
}

/** The stream's blocks; throws an AudioFailure where they go on beyond the limit. */
export async function* blocksWithin(
  stream: DecodedStream,
  { maxDurationHours }: AnalysisLimits,
): AsyncGenerator<AudioBlock> {
  const most = secondsOf(maxDurationHours) * stream.format.sampleRate;
  let samples = 0;
  for await (const block of stream.blocks()) {
    samples += block.length;
    if (samples > most) {
      throw beyond(
        "maxDurationHours",
        `The file has more sound than the limit of ${maxDurationHours} hours.`,
      );
    }
    yield block;
  }
}

function secondsOf(hours: number): number {
  return hours > 0 ? hours * SECONDS_PER_HOUR : Infinity;
}

/** Whether a file of so many bytes can hold so many seconds. */
function isBelievable(
  seconds: number,
  bytes: number,
  { codec, bitDepth, ...format }: DecodedStream["format"],
) {
  const isPlain = codec.startsWith("PCM") && bitDepth !== null;
  const lowest = isPlain ? bitDepth * format.channels * format.sampleRate : LOWEST_BITRATE;
  return (bytes * 8) / seconds >= lowest;
}

function beyond(name: keyof AnalysisLimits, what: string): AudioFailure {
  const how = `playlista.analysis.${name} (on the command line ${LIMITS[name].flag})`;
  return new AudioFailure("tooLarge", `${what} Raise ${how} to analyze it.`);
}
