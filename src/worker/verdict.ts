/** From a decoder's account to what a person is told: nothing, a warning, or that the file failed. */
import type { AnalysisWarning } from "../shared/analysis";
import { formatDuration } from "../shared/format";
import { AudioFailure } from "./AudioFailure";
import type { DecodeSummary } from "./decode/stream";

/** Throws an AudioFailure when there is nothing to analyse. */
export function requireSamples(summary: DecodeSummary): void {
  if (summary.decodedSamples > 0) return;
  if (summary.endsEarly || summary.damage.length > 0 || summary.promisedSamples) {
    throw new AudioFailure(
      "corrupt",
      "Nothing in this file could be decoded: it is damaged. Copy or download it again.",
    );
  }
  throw new AudioFailure("empty", "The file has a header but no samples. Copy or download it again.");
}

/** Warnings for what could not be decoded. */
export function damageWarnings(summary: DecodeSummary): AnalysisWarning[] {
  const { decodedSamples, promisedSamples, damage, endsEarly } = summary;
  const share = promisedSamples === null ? null : Math.min(1, decodedSamples / promisedSamples);
  const shown = share === null ? null : `${Math.floor(share * 1000) / 10} %`;
  const decodedShare = share === null ? {} : { decodedShare: share };
  const warnings: AnalysisWarning[] = [];
  if (damage.length > 0) {
    const first = formatDuration(damage[0] ?? 0, 1);
    const places = damage.length === 1 ? `at ${first}` : `at ${damage.length} places, first at ${first}`;
    const rest = shown === null ? "" : `; ${shown} of it could be decoded`;
    const message = `The file is damaged ${places}${rest}. Copy or download it again.`;
    warnings.push({ code: "damaged", message, ...decodedShare, places: damage });
  }
  if (endsEarly) {
    const message =
      shown === null
        ? "The file ends in the middle of its audio. Copy or download it again."
        : `The file ends early: ${shown} of its audio is there. Copy or download it again.`;
    warnings.push({ code: "truncated", message, ...decodedShare });
  }
  return warnings;
}
