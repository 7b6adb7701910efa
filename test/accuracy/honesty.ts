/** Whether a result says only what was measured: numbers that are numbers, and nulls that have their reason. */
import { MEASURED_GROUPS, type MeasuredGroup } from "../../src/shared/analysis";
import { MISSING_REASONS } from "../../src/shared/codes";

type Result = Partial<Record<MeasuredGroup, object | null>> & { missing: Record<string, string> };

/** What is wrong, a line each: "rhythm.tempo is NaN". Works for any measurement there is or will be. */
export function dishonestyOf(result: Result): string[] {
  const found: string[] = [];
  const nulls = new Set<string>();
  for (const group of MEASURED_GROUPS) {
    const values = result[group];
    // A group that was not asked for is left out whole.
    if (!values) continue;
    for (const [name, value] of Object.entries(values)) {
      const path = `${group}.${name}`;
      if (value !== null) found.push(...badNumbers(value, path));
      else {
        nulls.add(path);
        const reason = result.missing[path];
        if (reason === undefined) found.push(`${path} is null without a reason`);
        else if (!(reason in MISSING_REASONS)) found.push(`${path} is null for an unknown reason, ${reason}`);
      }
    }
  }
  for (const path of Object.keys(result.missing)) {
    const [group = ""] = path.split(".");
    if (result[group as MeasuredGroup] && !nulls.has(path))
      found.push(`${path} is missing and yet has a value`);
  }
  return found;
}

/** Numbers that are none, and gaps inside a value, which has a reason only as a whole. */
function badNumbers(value: unknown, path: string): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (value === null || value === undefined) return [`${path} is ${String(value)} inside a value`];
  if (typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, inner]) => badNumbers(inner, `${path}.${name}`));
}
