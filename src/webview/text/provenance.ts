/** Where the numbers come from: when, how long it took, by which versions. */
import { tookMs } from "../../shared/analysis";
import type { Analysis, ImportedFacts } from "../../shared/analysis";
import { formatNumber } from "../../shared/format";
import { outdatedMeasurements } from "../../shared/freshness";
import { currentVersions } from "../../shared/measurements";

/** How moments are written; the page leaves it out and takes the reader's own. */
export interface Locale {
  language: string;
  timeZone: string;
}

/** "24 Nov 2026, 14:03"; a database that others edited may hold what is no moment. */
export function formatMoment(moment: number | string, locale?: Locale): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return "at an unknown time";
  return new Intl.DateTimeFormat(locale?.language, {
    dateStyle: "medium",
    timeStyle: "short",
    ...(locale && { timeZone: locale.timeZone }),
  }).format(date);
}

/** "Measured 24 Nov 2026, 14:03 in 1.6 s · versions: loudness 1, tempo 1, key 1"; `since` stands after the first part. */
export function provenance(analysis: Analysis, locale?: Locale, since = ""): string {
  if (analysis.imported) return importedFrom(analysis.imported);
  const took = tookMs(analysis.timing);
  const duration = took === null ? "" : ` in ${seconds(took)}`;
  const versions = Object.entries(analysis.versions.measurements).map(([id, version]) => `${id} ${version}`);
  return `Measured ${formatMoment(analysis.timing.analyzedAt, locale)}${duration}${since} · versions: ${versions.join(", ")}`;
}

/** The time stays as it was written: mostly it has no zone. */
function importedFrom({ origin, analyzedAt }: ImportedFacts): string {
  const when = analyzedAt === null ? "" : `, measured there ${analyzedAt}`;
  return `Imported from an earlier Playlista (form ${origin})${when}`;
}

/** "tempo 1, now 2": the measurements that have a newer version by now. */
export function outdatedVersions(analysis: Analysis): string {
  const stored = analysis.versions.measurements;
  const current = currentVersions();
  return outdatedMeasurements(analysis)
    .map((id) => `${id} ${stored[id] ?? "none"}, now ${current[id]}`)
    .join("; ");
}

function seconds(milliseconds: number): string {
  return milliseconds < 1000
    ? `${formatNumber(milliseconds, 0)} ms`
    : `${formatNumber(milliseconds / 1000, 1)} s`;
}
