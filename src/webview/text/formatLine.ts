/** The two lines at the head of the page: what the piece is called, and what kind of file it is. */
import type { Analysis, FormatFacts } from "../../shared/analysis";
import { formatDuration, formatNumber } from "../../shared/format";

const CHANNEL_WORDS: Readonly<Record<number, string>> = { 1: "mono", 2: "stereo" };

/** "mono", "stereo", "6 channels". */
export function channelWords(channels: number): string {
  return CHANNEL_WORDS[channels] ?? `${channels} channels`;
}

/** "44.1 kHz", "48 kHz", "22.05 kHz". */
function formatSampleRate(hertz: number): string {
  const text = formatNumber(hertz / 1000, 3).replace(/\.?0+$/, "");
  return `${text} kHz`;
}

/** The title in the tags, else the name of the file. */
export function titleOf(analysis: Analysis | null, fileName: string): string {
  return analysis?.tags?.title ?? fileName;
}

/** "The Artist · FLAC 44.1 kHz 24-bit stereo · 3:47": what is known of it, empty when nothing is. */
export function formatLine(analysis: Analysis | null): string {
  const parts = [analysis?.tags?.artist ?? null];
  if (analysis?.format) parts.push(formatWords(analysis.format), formatDuration(analysis.format.duration));
  return parts.filter((part) => part !== null).join(" · ");
}

function formatWords(format: FormatFacts): string {
  const words = [format.codec, formatSampleRate(format.sampleRate)];
  if (format.bitDepth !== null) words.push(`${format.bitDepth}-bit`);
  words.push(channelWords(format.channels));
  if (!format.lossless && format.bitrate !== null) words.push(`${Math.round(format.bitrate / 1000)} kbit/s`);
  return words.join(" ");
}
