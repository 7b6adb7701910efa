/** The names of a key in the two notations of DJs: both count round the circle of fifths. */
import { KEY_NAMES } from "./analysis";
import type { KeyName, Mode } from "./analysis";

/** "8B" for C major, "8A" for A minor. */
export function camelotName(key: KeyName, mode: Mode): string {
  return `${((fifths(key, mode) + 7) % 12) + 1}${mode === "major" ? "B" : "A"}`;
}

/** "1d" for C major, "1m" for A minor. */
export function openKeyName(key: KeyName, mode: Mode): string {
  return `${fifths(key, mode) + 1}${mode === "major" ? "d" : "m"}`;
}

/** "A minor" for "8A"; null for what is no name in that notation. */
export function keyOfCamelot(camelot: string): string | null {
  const mode: Mode = camelot.endsWith("B") ? "major" : "minor";
  const key = KEY_NAMES.find((name) => camelotName(name, mode) === camelot);
  return key === undefined ? null : `${key} ${mode}`;
}

/** Fifths upwards from C (0–11) of the major key with the same notes. */
function fifths(key: KeyName, mode: Mode): number {
  const major = KEY_NAMES.indexOf(key) + (mode === "major" ? 0 : 3);
  return (major * 7) % 12;
}
