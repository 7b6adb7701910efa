/** Compares two pieces of plain data value by value, exactly: no tolerance, and what only one of them has differs. */

export interface Comparison {
  /** Values that were compared: numbers, texts, truths and nulls, at any depth. */
  values: number;
  /** Where they differ: "spectral.centroid.mean". */
  differing: string[];
}

/** `path` is what the names begin with. */
export function compareValues(one: unknown, other: unknown, path = ""): Comparison {
  if (!isObject(one) || !isObject(other))
    return { values: 1, differing: Object.is(one, other) ? [] : [path === "" ? "all" : path] };
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  const parts = [...names].map((name) =>
    compareValues(
      name in one ? one[name] : ABSENT,
      name in other ? other[name] : ABSENT,
      path === "" ? name : `${path}.${name}`,
    ),
  );
  return {
    values: parts.reduce((sum, { values }) => sum + values, 0),
    differing: parts.flatMap(({ differing }) => differing),
  };
}

/** Equal to nothing that data can hold. */
const ABSENT = Symbol("absent");

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
