/** What the lanes show, in numbers, for stretches of a file: the rows of the table. */
import { KEY_NAMES } from "../../shared/analysis";
import { SILENT, type LoudnessCurve, type View } from "../../shared/view";
import { levels, type Level } from "./levels";

export interface Stretch extends Level {
  /** LUFS: the loudest 3 s that end in the stretch; null for silence or when it is not known. */
  shortTerm: number | null;
  /** At most three, the strongest first; none where there is no tone. */
  pitchClasses: string[];
}

const MOST_CLASSES = 3;
/** Of the strongest; what is weaker is not named. */
const NAMED_SHARE = 0.6;
const BORDER = 1e-6;

/** The file in `count` stretches of the same length (fewer when it is very short); none without a waveform. */
export function stretches({ waveform, loudness, segments }: View, count: number): Stretch[] {
  if (!waveform) return [];
  return levels(waveform, count).map((level) => ({
    ...level,
    shortTerm: loudness && loudestIn(loudness, level),
    pitchClasses: segments ? strongest(between(segments.chroma, segments.step, level)) : [],
  }));
}

function loudestIn({ shortTerm, step }: LoudnessCurve, { start, end }: Level): number | null {
  // The value at i ends at (i + 1) × step; what rounding takes off a border is given back.
  const from = Math.floor(start / step + BORDER);
  const inside = shortTerm.subarray(from, Math.max(from + 1, Math.floor(end / step + BORDER)));
  const loudest = inside.reduce((most, value) => Math.max(most, value), SILENT);
  return loudest === SILENT ? null : loudest / 100;
}

/** The items whose middle lies in a stretch; in one shorter than an item, the item that it lies in. */
function between<T>(items: readonly T[], step: number, { start, end }: Level): readonly T[] {
  const inside = items.slice(Math.round(start / step), Math.round(end / step));
  return inside.length > 0 ? inside : items.slice(Math.floor(start / step)).slice(0, 1);
}

function strongest(chroma: readonly (readonly number[] | null)[]): string[] {
  const sums = KEY_NAMES.map((name, pitch) => ({
    name,
    sum: chroma.reduce((sum, classes) => sum + (classes?.[pitch] ?? 0), 0),
  }));
  sums.sort((a, b) => b.sum - a.sum);
  const least = (sums[0]?.sum ?? 0) * NAMED_SHARE;
  return sums
    .filter(({ sum }) => sum > 0 && sum >= least)
    .slice(0, MOST_CLASSES)
    .map(({ name }) => name);
}
