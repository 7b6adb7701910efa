/** When a part of an invented piece sounds, in beats. */
import type { Genre, Part } from "./genres/genre";
import { oneOf } from "./piece";

/** Share of the steps at which a bar departs from its pattern. */
const MUTATION = 0.012;
/** Bars after which a part may take to other cells. */
const SECTIONS = [2, 4, 4, 8] as const;

export interface Phrase {
  /** Bars. */
  length: number;
  cadence: number | null;
}

/** Places of one phrase, in beats, ascending. */
export function phraseOnsets(part: Part, genre: Genre, phrase: Phrase, random: () => number): number[] {
  const places = part.cells
    ? cellPlaces(part.cells, genre, phrase, random)
    : barPlaces(oneOf(part.bars ?? [""], random), genre, phrase, random);
  return places.filter((place) => !isHeld(place, genre, phrase));
}

function barPlaces(pattern: string, { beats }: Genre, { length }: Phrase, random: () => number): number[] {
  // Patterns that are longer than a bar tell several.
  const step = beats / Math.max(1, pattern.length);
  return Array.from({ length }, (_, bar) =>
    Array.from(pattern).flatMap((sign, s) => {
      const sounds = random() < chance(sign);
      return sounds !== random() < MUTATION ? [bar * beats + s * step] : [];
    }),
  ).flat();
}

function cellPlaces(
  lists: readonly (readonly string[])[],
  { beats }: Genre,
  { length }: Phrase,
  random: () => number,
): number[] {
  const places: number[] = [];
  const section = oneOf(SECTIONS, random);
  let list = oneOf(lists, random);
  for (let beat = 0; beat < length * beats; beat++) {
    if (beat % (section * beats) === 0) list = oneOf(lists, random);
    const cell = oneOf(list, random);
    for (const [s, sign] of Array.from(cell).entries()) if (sign === "x") places.push(beat + s / cell.length);
  }
  return places;
}

/** Within the last two beats before a cadence's end all but the first rest. */
function isHeld(place: number, { beats }: Genre, { cadence }: Phrase): boolean {
  if (cadence === null) return false;
  const rest = cadence * beats - (place % (cadence * beats));
  return rest < Math.min(2, beats - 1) - 1e-6;
}

function chance(sign: string): number {
  return sign === "x" ? 1 : sign === "." || sign === "-" ? 0 : Number(sign) / 10;
}

/** Moves the second of two steps of half a beat (or of a quarter, where a bar has those) late by the swing. */
export function swung(at: number, swing: number, step: number): number {
  const inPair = at / step - 2 * Math.floor(at / (2 * step));
  return Math.abs(inPair - 1) < 0.01 ? at + (2 * swing - 1) * step : at;
}
