/** What a field's value asks of its column, by the kind of the field. */
import { SORTED_TEXTS } from "../trackIndexes";
import { hasWord, inRange, inSql, joined, likePattern, type Condition } from "./condition";
import { didYouMean } from "./nearestName";
import { harmonicKeys, readKey } from "./musicalKey";
import { QueryError } from "./QueryError";
import type { FieldValue } from "./queryTree";
import type { SearchField } from "./searchFields";
import { readDate, readNumber, readYear, type Interval } from "./values";

/** How near `~` is: a DJ's pitch range for tempo, an audible step for levels. */
const NEAR_SHARE = 0.03;
const NEAR_LEVEL = 1;
const NEAR_YEARS = 1;

interface Ends {
  /** What the value alone stands for. */
  exact: Interval;
  /** What it stands for as an end or in a comparison. */
  end: Interval;
}

/** Numbers, years and dates. */
export function rangeCondition(field: SearchField, value: FieldValue): Condition {
  const [from, to] = rangeOf(field, value);
  if (!(field.column in SORTED_TEXTS)) return inRange(field.column, from, to);
  // A time is kept as text, and none comes before "" or after "a".
  const [first, last] = [from === -Infinity ? "" : isoDate(from), to === Infinity ? "a" : isoDate(to)];
  return inSql(`${field.column} >= ? AND ${field.column} < ?`, first, last);
}

/** The tempo, and its half and its double. */
export function octaveCondition(field: SearchField, value: FieldValue): Condition {
  const parts = [0.5, 1, 2].map((factor) => {
    const { exact } = endsOf(field, value, value.text);
    const middle = ((exact.from + exact.to) / 2) * factor;
    return inRange(field.column, middle * (1 - NEAR_SHARE), middle * (1 + NEAR_SHARE));
  });
  return joined(parts, "OR");
}

/** Keys by any of their names; `~` also what mixes well with them. */
export function keyCondition(field: SearchField, value: FieldValue): Condition {
  if (!["is", "=", "~"].includes(value.operator)) throw cannotCompare(value, "Keys");
  const keys = readKey(value.text);
  if (!keys) {
    throw new QueryError(`"${value.text}" is no key: write 8A, 1m, Am or "A minor".`, value);
  }
  const wanted = value.operator === "~" ? [...new Set(keys.flatMap(harmonicKeys))] : keys;
  return hasWord(field.column, (key) => wanted.includes(key));
}

/** One of a few words; the beginning of one is enough. */
export function choiceCondition(field: SearchField, value: FieldValue): Condition {
  const choice = readChoice(field, value);
  return hasWord(field.column, (text) => text === choice);
}

/** The choice that a value names. */
export function readChoice(field: Pick<SearchField, "choices">, value: FieldValue): string {
  if (value.operator !== "is" && value.operator !== "=") throw cannotCompare(value, "Words");
  const typed = value.text.toLowerCase();
  const exact = field.choices.find((choice) => choice.toLowerCase() === typed);
  const begun = field.choices.filter((choice) => choice.toLowerCase().startsWith(typed));
  const found = exact ?? (begun.length === 1 ? begun[0] : undefined);
  if (found !== undefined) return found;
  const hint = didYouMean(value.text, field.choices) || ` It can be ${listed(field.choices)}.`;
  throw new QueryError(`"${value.text}" is not known here.${hint}`, value);
}

/** Any part of the word; after "=" the whole. */
export function wordCondition({ column }: SearchField, value: FieldValue): Condition {
  if (value.operator !== "is" && value.operator !== "=") throw cannotCompare(value, "Words");
  const isWhole = value.operator === "=";
  if (column in SORTED_TEXTS) {
    return isWhole
      ? inSql(`${column} = ? COLLATE NOCASE`, value.text)
      : inSql(`${column} LIKE ? ESCAPE '\\'`, `%${likePattern(value.text)}%`);
  }
  const wanted = value.text.toLowerCase();
  return hasWord(column, (text) =>
    isWhole ? text.toLowerCase() === wanted : text.toLowerCase().includes(wanted),
  );
}

export function booleanCondition(field: SearchField, value: FieldValue): Condition {
  const wanted = readYes(value) ? 1 : 0;
  return inRange(field.column, wanted, wanted + 1);
}

/** Whether "yes" or "no" was meant. */
export function readYes(value: FieldValue): boolean {
  const choice = readChoice({ choices: ["yes", "no", "true", "false", "1", "0"] }, value);
  return ["yes", "true", "1"].includes(choice);
}

/** For an operator that a field has no use for. */
export function cannotCompare({ operator, at, length }: FieldValue, what: string): QueryError {
  return new QueryError(`${what} cannot be compared with "${operator}".`, { at, length });
}

function rangeOf(field: SearchField, value: FieldValue): [number, number] {
  const [first, second] = splitRange(field, value);
  if (second !== null) {
    if (value.operator !== "is" && value.operator !== "=") throw cannotCompare(value, "Ranges");
    const from = first === "" ? -Infinity : endsOf(field, value, first).end.from;
    const to = second === "" ? Infinity : endsOf(field, value, second).end.to;
    // 128-120, and −9..−16 as louder people write it.
    return from < to
      ? [from, to]
      : [endsOf(field, value, second).end.from, endsOf(field, value, first).end.to];
  }
  const { exact, end } = endsOf(field, value, first);
  switch (value.operator) {
    case "is":
    case "=":
      return [exact.from, exact.to];
    case "<":
      return [-Infinity, end.from];
    case "<=":
      return [-Infinity, end.to];
    case ">":
      return [end.to, Infinity];
    case ">=":
      return [end.from, Infinity];
    case "~":
      return near(field, value, exact);
    case "~~":
      throw new QueryError('"~~" (near it, its half or its double) is for tempos only.', value);
  }
}

function near(field: SearchField, value: FieldValue, { from, to }: Interval): [number, number] {
  if (field.kind === "date") throw cannotCompare(value, "Dates");
  if (field.kind === "year") return [from - NEAR_YEARS, to + NEAR_YEARS];
  const middle = (from + to) / 2;
  const isLevel = ["LUFS", "LU", "dB", "dBFS", "dBTP"].includes(field.unit);
  const distance = isLevel ? NEAR_LEVEL : Math.abs(middle) * NEAR_SHARE;
  return [middle - distance, middle + distance];
}

/** "120-128", "120..128", "..128", "120.."; dates have hyphens of their own. */
function splitRange({ kind }: SearchField, { text }: FieldValue): [string, string | null] {
  const dots = text.indexOf("..");
  if (dots >= 0 && text.length > 2) return [text.slice(0, dots), text.slice(dots + 2)];
  const hyphen = kind === "date" ? null : /^(.*?[\da-z])[-–](.+)$/i.exec(text);
  return hyphen ? [hyphen[1] ?? "", hyphen[2] ?? ""] : [text, null];
}

function endsOf(field: SearchField, value: FieldValue, text: string): Ends {
  const ends = read(field, text);
  if (ends) return ends;
  throw new QueryError(`"${text}" is no ${NOUNS[field.kind] ?? "number"}: ${exampleOf(field)}.`, value);
}

const NOUNS: Readonly<Partial<Record<SearchField["kind"], string>>> = { date: "date", year: "year" };

function exampleOf({ kind, unit }: SearchField): string {
  if (kind === "date") return "write 2026, 2026-01 or 2026-01-31";
  if (kind === "year") return "write 1994, 1990..1999 or 1990s";
  if (unit === "s") return "write 5:00, 3m30s or 90s";
  return unit === "" ? "write it as in 0.5 or 1..3" : `it is counted in ${unit}`;
}

function read(field: SearchField, text: string): Ends | null {
  if (field.kind === "number") return readNumber(text, field);
  const interval = field.kind === "year" ? readYear(text) : readDate(text);
  return interval && { exact: interval, end: interval };
}

function isoDate(at: number): string {
  return new Date(at).toISOString();
}

function listed(choices: readonly string[]): string {
  return `${choices.slice(0, -1).join(", ")} or ${choices.at(-1) ?? ""}`;
}
