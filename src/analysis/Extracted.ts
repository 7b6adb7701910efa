/** What each extractor answers when the signal is over: its values, and why some of them are null. */
import type { MeasuredGroup, MeasuredGroups } from "../shared/analysis";
import type { MissingReason } from "../shared/codes";
import { VALUES } from "../shared/measurements";

export interface Extracted<Values> {
  values: Values;
  /** One entry for each value that is null. */
  missing: Partial<Record<keyof Values, MissingReason>>;
}

/** All values of a group are null, for one reason. */
export function nothingOf<Group extends MeasuredGroup>(
  group: Group,
  reason: MissingReason,
): Extracted<MeasuredGroups[Group]> {
  const names = VALUES.map(({ path }) => path.split(".")).flatMap(([of, name = ""]) =>
    of === group ? [name] : [],
  );
  return {
    values: Object.fromEntries(names.map((name) => [name, null])) as unknown as MeasuredGroups[Group],
    missing: Object.fromEntries(names.map((name) => [name, reason])) as Extracted<
      MeasuredGroups[Group]
    >["missing"],
  };
}
