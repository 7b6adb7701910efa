/**
 * Which tracks are meant, as functions that are put together. What users wrote is compared in the arrays of the
 * {@link TrackTable}, or reaches SQL as parameters, never in its text.
 */
import type { Mask, TrackTable } from "./TrackTable";

/** Gives a mask of its own each time. */
export type Condition = (table: TrackTable) => Mask;

/** Every track. */
export const everyTrack: Condition = ({ slots }) => slots.present.slice(0, slots.count);

/** All of several, or any of them. */
export function joined(parts: readonly Condition[], word: "AND" | "OR"): Condition {
  const [first, ...others] = parts;
  if (!first) return word === "AND" ? everyTrack : (table) => table.none();
  return (table) => {
    const mask = first(table);
    for (const other of others) {
      put(mask, other(table), word);
    }
    return mask;
  };
}

function put(mask: Mask, also: Mask, word: "AND" | "OR"): void {
  for (let slot = 0; slot < mask.length; slot++) {
    const [one, other] = [mask[slot] ?? 0, also[slot] ?? 0];
    mask[slot] = word === "AND" ? one & other : one | other;
  }
}

/** Whatever is not found by the condition, also where it can't be decided because a value is null. */
export function negated(part: Condition): Condition {
  return (table) => {
    const mask = part(table);
    const { present } = table.slots;
    for (let slot = 0; slot < mask.length; slot++)
      mask[slot] = (present[slot] ?? 0) & (1 - (mask[slot] ?? 0));
    return mask;
  };
}

/** Numbers from the first value up to, and not with, the second; infinite ends are open, and null is in no range. */
export function inRange(column: string, from: number, to: number): Condition {
  return (table) => {
    const values = table.numbers(column);
    const mask = everyTrack(table);
    for (let slot = 0; slot < mask.length; slot++) {
      const value = values[slot] ?? NaN;
      const isWithin = value >= from && (value < to || to === Infinity);
      if (!isWithin) mask[slot] = 0;
    }
    return mask;
  };
}

/** Texts of which few are different: each is looked at once. */
export function hasWord(column: string, isMeant: (text: string) => boolean): Condition {
  return (table) => {
    const { texts, codes } = table.words(column);
    const meant = texts.map(isMeant);
    const mask = everyTrack(table);
    for (let slot = 0; slot < mask.length; slot++) {
      if (meant[codes[slot] ?? -1] !== true) mask[slot] = 0;
    }
    return mask;
  };
}

/** Paths as they are stored, in small letters. */
export function hasPath(isMeant: (path: string) => boolean): Condition {
  return (table) => {
    const paths = table.paths();
    const mask = everyTrack(table);
    for (let slot = 0; slot < mask.length; slot++)
      if (mask[slot] && !isMeant(paths[slot] ?? "")) mask[slot] = 0;
    return mask;
  };
}

/** Whether a text in small letters has another in it, in which `*` and `?` stand for any letters. */
export function hasPattern(pattern: string): (text: string) => boolean {
  const plain = pattern.toLowerCase();
  if (!/[*?]/.test(plain)) return (text) => text.includes(plain);
  const ends = plain
    .split("*")
    .filter((part) => part !== "")
    .map(endOf);
  return (text) => {
    let at = 0;
    for (const end of ends) {
      at = end(text, at);
      if (at < 0) return false;
    }
    return true;
  };
}

/**
 * Where the first place of a part ends from a place of a text on, or -1: without going back, since the first place of
 * each part leaves most for the next.
 */
function endOf(part: string): (text: string, from: number) => number {
  if (!part.includes("?")) {
    return (text, from) => {
      const found = text.indexOf(part, from);
      return found < 0 ? -1 : found + part.length;
    };
  }
  // A letter can be two units of a string, so they are not counted here.
  const literal = part.split("?").map((some) => some.replaceAll(/[\\^$.+()[\]{}|]/g, "\\$&"));
  const expression = new RegExp(literal.join("."), "gsu");
  return (text, from) => {
    expression.lastIndex = from;
    return expression.test(text) ? expression.lastIndex : -1;
  };
}

/** What a condition of SQL says of the table of tracks: one of this folder's constants with a `?` for each parameter. */
export function inSql(sql: string, ...parameters: (string | number)[]): Condition {
  return (table) => table.select(`SELECT id FROM tracks WHERE ${sql}`, parameters);
}

/** These tracks. */
export function isAmong(ids: readonly number[]): Condition {
  return (table) => table.maskOf(ids);
}

/** A LIKE pattern for a text as it is. */
export function likePattern(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}
