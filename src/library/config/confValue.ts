/** The value of one key, by the type of the key and never by how the text looks. */
import type { ConfType } from "./confKeys";

export type ConfValue = boolean | number | string | string[];

const TRUE = ["true", "yes", "on", "1"];
const FALSE = ["false", "no", "off", "0"];
/** MB in one of each. */
const MEMORY_UNITS: Readonly<Record<string, number>> = { MB: 1, GB: 1024 };

/** The value, or in a few words what was expected. */
export function readConfValue(text: string, type: ConfType): { value: ConfValue } | { expected: string } {
  switch (type.kind) {
    case "boolean":
      return readBoolean(text);
    case "integer":
      return readInteger(text, type);
    case "workers":
      return text.toLowerCase() === "auto" ? { value: 0 } : readInteger(text, type);
    case "number":
      return orExpected(decimal(text), "a number");
    case "memory":
      return readMemory(text, type.unit);
    case "list":
      return { value: readList(text) };
    case "text":
      return { value: text };
  }
}

function readBoolean(text: string): { value: boolean } | { expected: string } {
  const word = text.toLowerCase();
  if (TRUE.includes(word)) return { value: true };
  return FALSE.includes(word) ? { value: false } : { expected: "true or false" };
}

function readInteger(
  text: string,
  { minimum, maximum }: { minimum: number; maximum: number },
): { value: number } | { expected: string } {
  const value = /^[+-]?[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  const isInRange = value >= minimum && value <= maximum;
  if (isInRange) return { value };
  const range =
    maximum === Number.MAX_SAFE_INTEGER ? `of ${minimum} or more` : `from ${minimum} to ${maximum}`;
  return { expected: `a whole number ${range}` };
}

/** Null unless it is a finite decimal number. */
function decimal(text: string): number | null {
  const value = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

function readMemory(text: string, unit: "MB" | "GB"): { value: number } | { expected: string } {
  const [, amount = text, given = unit] = /^(.*?)\s*(MB|GB)$/i.exec(text) ?? [];
  const value = decimal(amount);
  const megabytes = value === null || value < 0 ? null : value * (MEMORY_UNITS[given.toUpperCase()] ?? 1);
  return orExpected(megabytes, "an amount of memory, 6GB for example");
}

function orExpected(value: number | null, expected: string): { value: number } | { expected: string } {
  return value === null ? { expected } : { value };
}

function readList(text: string): string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
