/** How far two results are apart: the same bytes in should give the same numbers out. */

export interface Difference {
  /** "spectral.centroid.mean"; empty when nothing differs. */
  path: string;
  /** Of the larger of both numbers; infinite where not both are numbers. */
  relative: number;
}

/** The largest difference anywhere in two values of plain data. */
export function largestDifference(one: unknown, other: unknown, path = ""): Difference {
  if (Object.is(one, other)) return { path: "", relative: 0 };
  if (typeof one === "number" && typeof other === "number") {
    const relative = Math.abs(one - other) / Math.max(Math.abs(one), Math.abs(other));
    return { path, relative: Number.isFinite(relative) ? relative : Infinity };
  }
  if (!isObject(one) || !isObject(other)) return { path, relative: Infinity };
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  let largest: Difference = { path: "", relative: 0 };
  for (const name of names) {
    const found = largestDifference(one[name], other[name], path === "" ? name : `${path}.${name}`);
    if (found.relative > largest.relative) largest = found;
  }
  return largest;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
