/** Why a value is not there, in words. */
import type { Analysis } from "../../shared/analysis";
import { MISSING_REASONS } from "../../shared/codes";
import { MEASUREMENTS, type MeasurementDeclaration, type ValueDeclaration } from "../../shared/measurements";

/**
 * The reason of a null value. Values of one measurement fall together: one without a reason of its own has
 * that of the first value beside it.
 */
export function missingWords(analysis: Analysis, path: ValueDeclaration["path"]): string {
  const measurement = Object.values<MeasurementDeclaration>(MEASUREMENTS).find((each) =>
    each.values.some((value) => value.path === path),
  );
  const paths = [path, ...(measurement?.values.map((value) => value.path) ?? [])];
  const reason = paths.map((each) => analysis.missing[each]).find((each) => each !== undefined);
  return reason ? MISSING_REASONS[reason] : "not measured";
}
