/**
 * Keys of the earlier program: written by number or by name, flat or sharp, and with one key, C major, that also
 * stood for "not known".
 */
import { KEY_NAMES, type KeyName, type Mode } from "../../../shared/analysis";
import type { EarlierVariant } from "../../../shared/earlier";

const SHARPS: Readonly<Record<string, KeyName>> = { DB: "C#", EB: "D#", GB: "F#", AB: "G#", BB: "A#" };
/** "F#", "Bb", "A minor", "Am". */
const WRITTEN = /^([A-G])([#b♯♭]?)\s*(major|maj|minor|min|m)?$/i;

export interface WrittenKey {
  key: KeyName;
  /** Where it is part of the name. */
  mode: Mode | null;
}

/** What a value says as a key, or null when it is none. */
export function readKey(value: unknown): WrittenKey | null {
  if (typeof value === "number") {
    const key = KEY_NAMES[value];
    return key === undefined ? null : { key, mode: null };
  }
  const parts = typeof value === "string" ? WRITTEN.exec(value.trim()) : null;
  if (!parts) return null;
  const [, letter = "", sign = "", mode = ""] = parts;
  const name = letter.toUpperCase() + (sign === "♯" ? "#" : sign === "♭" ? "B" : sign.toUpperCase());
  const key = SHARPS[name] ?? KEY_NAMES.find((known) => known === name);
  return key === undefined
    ? null
    : { key, mode: mode === "" ? null : mode.startsWith("ma") ? "major" : "minor" };
}

/** A number that was put into a column of texts is one. */
const MODES: ReadonlyMap<unknown, Mode> = new Map<unknown, Mode>([
  ...["major", "1", "1.0", 1].map((value): [unknown, Mode] => [value, "major"]),
  ...["minor", "0", "0.0", 0].map((value): [unknown, Mode] => [value, "minor"]),
]);

/** By name, or by number: 1 is major, 0 is minor. Null for anything else. */
export function readMode(value: unknown): Mode | null {
  return MODES.get(typeof value === "string" ? value.trim().toLowerCase() : value) ?? null;
}

/** Whether C major may stand for "not known": librosa gave no other, and a failure had no strength. */
export function isPlaceholderKey(
  variant: EarlierVariant,
  { key, mode }: { key: KeyName; mode: Mode | null },
  values: Readonly<Record<string, unknown>>,
): boolean {
  if (variant === "A1" || variant === "D" || key !== "C" || mode === "minor") return false;
  const strength = values["key_strength"];
  return isByLibrosa(values) || typeof strength !== "number" || !(strength > 0);
}

/** The second library's rows: known by a confidence that is always the same. */
export function isByLibrosa(values: Readonly<Record<string, unknown>>): boolean {
  return values["rhythm_confidence"] === 0.5;
}
