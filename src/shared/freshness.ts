/** Whether a stored result still holds: the same file, measured as it would be measured now. */
import { RESULT_SCHEMA } from "./analysis";
import type { Analysis, FileFacts } from "./analysis";
import { currentVersions } from "./measurements";
import type { MeasurementId, Requested } from "./measurements";

/** What tells one state of a file from another without reading it. */
export type FileStamp = Pick<FileFacts, "size" | "modified">;

/** By size and time of change; fractions of a millisecond get lost on some file systems. */
export function isSameFile(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && Math.abs(a.modified - b.modified) < 1;
}

/**
 * The measurements that have been made better since, or were not made and are asked for now; a newer program's
 * results are not among them.
 */
export function outdatedMeasurements(
  { versions }: Pick<Analysis, "versions">,
  requested?: Partial<Requested>,
): MeasurementId[] {
  const current = Object.entries(currentVersions(requested)) as [MeasurementId, number][];
  return current.filter(([id, version]) => (versions.measurements[id] ?? 0) < version).map(([id]) => id);
}

/** The measurements that are asked for now and were not when the result was made. */
export function lackingMeasurements(
  { versions }: Pick<Analysis, "versions">,
  requested: Requested,
): MeasurementId[] {
  const always: readonly string[] = Object.keys(currentVersions());
  const asked = Object.keys(currentVersions(requested)) as MeasurementId[];
  return asked.filter((id) => !always.includes(id) && versions.measurements[id] === undefined);
}

/** True when an analysis now would give more or better numbers than the stored one has; an imported one has none of ours. */
export function isOutdated(
  analysis: Pick<Analysis, "versions"> & Partial<Pick<Analysis, "state">>,
  requested?: Partial<Requested>,
): boolean {
  if (analysis.state === "imported" || analysis.versions.schema < RESULT_SCHEMA) return true;
  return outdatedMeasurements(analysis, requested).length > 0;
}
