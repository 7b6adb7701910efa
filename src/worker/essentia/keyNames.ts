/** essentia.js' names of keys in ours: it writes some keys with flats, Playlista none. */
import { KEY_NAMES, type KeyName, type Mode } from "../../shared/analysis";

const SHARP_OF_FLAT: Readonly<Record<string, KeyName>> = {
  Db: "C#",
  Eb: "D#",
  Gb: "F#",
  Ab: "G#",
  Bb: "A#",
};

export function sharpName(name: string): KeyName {
  const key = SHARP_OF_FLAT[name] ?? KEY_NAMES.find((known) => known === name);
  if (!key) throw new Error(`unknown key "${name}"`);
  return key;
}

export function modeName(scale: string): Mode {
  if (scale !== "major" && scale !== "minor") throw new Error(`unknown mode "${scale}"`);
  return scale;
}
