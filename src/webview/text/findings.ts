/** What is doubtful about the file, each with the places where it can be heard. */
import type { Analysis, AnalysisWarning } from "../../shared/analysis";
import { peakWord } from "./headline";

export interface Finding {
  severity: "error" | "warning";
  text: string;
  /** Seconds from the start. */
  places: readonly number[];
}

/** `fullScalePlaces`: seconds, as found in the waveform; none before it has come. */
export function findings(analysis: Analysis, fullScalePlaces: readonly number[]): Finding[] {
  const found = analysis.warnings.map(fromWarning);
  const peak = analysis.loudness?.samplePeak ?? null;
  const word = peak === null ? null : peakWord(peak);
  if (word === null) return found;
  const text = word === "clips" ? "Samples go past full scale" : "Samples reach full scale";
  return [{ severity: "error", text, places: fullScalePlaces }, ...found];
}

function fromWarning(warning: AnalysisWarning): Finding {
  return { severity: "warning", text: warning.message, places: warning.places ?? [] };
}
