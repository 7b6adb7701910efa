/** Names of notes as others write them, in ours: Playlista writes sharps only. */
import { KEY_NAMES, type KeyName } from "../shared/analysis";

const ACCIDENTALS: Readonly<Record<string, number>> = { "": 0, "#": 1, "♯": 1, b: -1, "♭": -1 };

/** "A#" for "Bb", "bb" or "A♯"; null for what is no note's name. */
export function tonicName(name: string): KeyName | null {
  const natural = KEY_NAMES.findIndex((key) => key === name.charAt(0).toUpperCase());
  const shift = ACCIDENTALS[name.slice(1)];
  if (natural < 0 || shift === undefined) return null;
  return KEY_NAMES[(natural + shift + KEY_NAMES.length) % KEY_NAMES.length] ?? null;
}
