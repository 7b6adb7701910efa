/** What is noteworthy about the file, the worst first, each with the places where it can be heard. */
import type { Analysis, AnalysisWarning } from "../../shared/analysis";
import { formatNumber } from "../../shared/format";

export interface Finding {
  severity: "error" | "warning" | "info";
  text: string;
  /** Seconds from the start. */
  places: readonly number[];
}

const LONG_SILENCE_SECONDS = 1;
/** As a share of full scale. */
const LARGE_DC_OFFSET = 0.01;

/** `fullScalePlaces`: seconds, as found in the waveform; none before it has come. */
export function findings(analysis: Analysis, fullScalePlaces: readonly number[]): Finding[] {
  return [
    ...peakFindings(analysis, fullScalePlaces),
    ...analysis.warnings.map(fromWarning),
    ...channelFindings(analysis),
    ...silenceFindings(analysis),
  ];
}

function peakFindings({ loudness, dynamics }: Analysis, places: readonly number[]): Finding[] {
  const truePeak = loudness?.truePeak ?? null;
  const runs = dynamics?.clippedRuns ?? 0;
  const found: Finding[] = [];
  if (truePeak !== null && truePeak > 0) {
    const over = truePeak < 0.05 ? "just" : `${formatNumber(truePeak, 1)} dB`;
    const text = `True peak lies ${over} above full scale`;
    found.push({ severity: "error", text, places: runs > 0 ? [] : places });
  }
  if (runs > 0) {
    const text = runs === 1 ? "Clipped in one run of samples" : `Clipped in ${runs} runs of samples`;
    found.push({ severity: "error", text, places });
  }
  return found;
}

function fromWarning(warning: AnalysisWarning): Finding {
  return { severity: "warning", text: warning.message, places: warning.places ?? [] };
}

function channelFindings({ stereo, dynamics, format }: Analysis): Finding[] {
  const found: Finding[] = [];
  const silent = stereo?.silentChannels ?? [];
  if (silent.length > 0) found.push(plain("warning", silentWords(silent, format?.channels ?? silent.length)));
  const offset = dynamics?.dcOffset ?? 0;
  if (Math.abs(offset) > LARGE_DC_OFFSET)
    found.push(plain("warning", `DC offset of ${formatNumber(offset * 100, 1)} % of full scale`));
  if (stereo?.dualMono === true) found.push(plain("info", "Both channels are the same: mono kept as stereo"));
  return found;
}

function silentWords(silent: readonly number[], channels: number): string {
  if (silent.length === channels) return "The whole file is silent";
  const [first = 0] = silent;
  if (channels === 2) return `The ${first === 0 ? "left" : "right"} channel is silent`;
  const numbers = silent.map((channel) => channel + 1).join(", ");
  return silent.length === 1 ? `Channel ${numbers} is silent` : `Channels ${numbers} are silent`;
}

function silenceFindings({ dynamics, format }: Analysis): Finding[] {
  const leading = dynamics?.leadingSilence ?? 0;
  const trailing = dynamics?.trailingSilence ?? 0;
  const found: Finding[] = [];
  if (leading > LONG_SILENCE_SECONDS) {
    const text = `${formatNumber(leading, 1)} s of silence at the start, sound from`;
    found.push({ severity: "info", text, places: [leading] });
  }
  if (trailing > LONG_SILENCE_SECONDS && format) {
    const text = `${formatNumber(trailing, 1)} s of silence at the end, from`;
    found.push({ severity: "info", text, places: [format.duration - trailing] });
  }
  return found;
}

function plain(severity: Finding["severity"], text: string): Finding {
  return { severity, text, places: [] };
}
