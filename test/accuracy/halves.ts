/**
 * Which half of a corpus a file belongs to: parameters are tuned on one half, and the scores of the other are
 * the ones reported. Whatever is one piece of music (its encodings, keys, tempos, tiles and takes of the same
 * sound) stays on one side, so that the reported half was never heard before.
 */
import { createHash } from "node:crypto";

/** Titles of one tune that goes by several file names. */
const SAME_TUNE: readonly (readonly [name: RegExp, piece: string])[] = [
  [/^(own-|example-)?greensleeves/, "greensleeves"],
  [/^(own-|example-)?korobeiniki/, "korobeiniki"],
  [/minuet-(in-)?g\b/, "minuet-g"],
  [/mountain-king/, "mountain-king"],
  [/ode-to-joy/, "ode-to-joy"],
  [/^(own-)?canon-d/, "canon-d"],
  [/^piece-/, "groove-house"],
  [/reggae(ton)?try/, "lmms-capdan-reggaetry"],
];

/** The name of the piece a file holds: its base name without what tells versions of one piece apart. */
export function pieceOf(file: string): string {
  const base = (file.split(/[/\\]/).at(-1) ?? file).toLowerCase().replace(/\.[a-z0-9]+$/, "");
  const name = base
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/-tiled$/, "")
    .replace(/-\d+-bpm$/, "")
    .replace(/-[a-g][sb]?-(major|minor)$/, "")
    .replace(/^(groove-.*)-\d+$/, "$1")
    // Takes of one sound: "rave-kick01", "rave-kick02".
    .replace(/^(lmms-.*[a-z])\d\d$/, "$1");
  return SAME_TUNE.find(([pattern]) => pattern.test(name))?.[1] ?? name;
}

/** "tune" where the first byte of the piece's SHA-256 is even, "report" where it is odd. */
export function halfOf(file: string): "tune" | "report" {
  const first = createHash("sha256").update(pieceOf(file)).digest()[0] ?? 0;
  return first % 2 === 0 ? "tune" : "report";
}
