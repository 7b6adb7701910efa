/** Whether there is a value at all, and values without what only takes memory. */

/** Nothing there: SQL's null, and what the earlier program wrote for an empty list or text. */
export function isAbsent(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return ["", "[]", "{}", "null"].includes(value.trim());
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** Lists that are left out in every form: all that matters of them is whether they are there. */
export const LEFT_OUT_LISTS: ReadonlySet<string> = new Set([
  "mfcc",
  "mfcc_coefficients",
  "mfcc_bands",
  "mfcc_std",
  "mfcc_delta",
  "mfcc_delta2",
  "embedding",
  "embedding_std",
  "embedding_min",
  "embedding_max",
  "bpm_estimates",
  "estimates",
  "bpm_intervals",
]);

/** Of a list, names with numbers or a text, more than any rule takes anything from. */
const [MAX_ITEMS, MAX_CHARACTERS] = [1000, 64 * 1024];

/** The values that are there, where another must not be hidden by one that is not, as small as they can be kept. */
export function present(
  values: Readonly<Record<string, unknown>> | null | undefined,
): Record<string, unknown> {
  const there = Object.entries(values ?? {}).filter(([, value]) => value !== null);
  return Object.fromEntries(
    there.map(([name, value]) => [
      name,
      LEFT_OUT_LISTS.has(name) || isUnwieldy(value) ? !isAbsent(value) || null : value,
    ]),
  );
}

/** Nothing can come of it, and many of them, kept until all is read, would fill the memory. */
function isUnwieldy(value: unknown): boolean {
  if (typeof value === "string") return value.length > MAX_CHARACTERS;
  if (typeof value !== "object" || value === null) return false;
  const items = Object.values(value);
  return items.length > MAX_ITEMS || items.some((item) => typeof item === "object" && item !== null);
}
