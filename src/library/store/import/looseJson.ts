/**
 * JSON as Python writes it: NaN and infinities stand bare in it. They read as null; so does what is no JSON at all.
 */

/** A text, which stays as it is, or one of the bare words. */
const STRING_OR_WORD = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\bInfinity\b|\bNaN\b/gs;
/** More names than any result has: an object with more was not made by the earlier program. */
const MAX_NAMES = 1000;

/** The object that a text holds, or null. */
export function parseObject(text: unknown): Readonly<Record<string, unknown>> | null {
  return asObject(parseLoose(text));
}

/** The list that a text holds, or null. */
export function parseArray(text: unknown): readonly unknown[] | null {
  const parsed = parseLoose(text);
  return Array.isArray(parsed) ? parsed : null;
}

/** An object of JSON, or null for anything else. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.keys(value).length > MAX_NAMES ? null : (value as Record<string, unknown>);
}

/** Null for what is no JSON text. */
export function parseLoose(text: unknown): unknown {
  if (typeof text !== "string") return null;
  return parse(text) ?? parse(text.replace(STRING_OR_WORD, (part) => (part.startsWith('"') ? part : "null")));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
