/** Tracks by what they have in common: bands of tempo, keys, genres, states. Each group is a query of its own. */
import type { Grouping, TrackGroup } from "../../../shared/engineProtocol";
import { parseStrings } from "../storedLists";
import type { Mask, TrackTable, Words } from "./TrackTable";

/** BPM in a band; a tempo belongs to the band that it is shown in. */
const BAND = 10;
const HALF_SHOWN = 0.05;

/** How many tracks each name stands for; null for those without one. */
type Counts = Map<string | null, number>;

/** Groups in their natural order, that of nothing known last. */
export function selectGroups(table: TrackTable, mask: Mask, by: Grouping): TrackGroup[] {
  return [...countsOf(table, mask, by)]
    .sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : compareNames(a, b)))
    .map(([name, tracks]) => ({ name, query: queryOf(by, name), tracks }));
}

function countsOf(table: TrackTable, mask: Mask, by: Grouping): Counts {
  switch (by) {
    case "tempo":
      return countBands(table.numbers("rhythm_tempo"), mask);
    case "key":
      return countWords(table.words("tonal_camelot"), mask);
    case "state":
      return countWords(table.words("state"), mask);
    case "tag":
      return countGenres(table.words("tags_genre"), mask);
  }
}

/** Bands of tempo and keys by their numbers, all others by their letters. */
function compareNames(a: string, b: string): number {
  const [first, second] = [a.toLowerCase(), b.toLowerCase()];
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || (first < second ? -1 : 1);
}

function countBands(tempos: Float64Array, mask: Mask): Counts {
  const counts: Counts = new Map();
  for (const [slot, isMeant] of mask.entries()) {
    if (!isMeant) continue;
    const band = Math.trunc(((tempos[slot] ?? NaN) + HALF_SHOWN) / BAND) * BAND;
    add(counts, Number.isNaN(band) ? null : String(band), 1);
  }
  return counts;
}

/** How many of the tracks have each text; null for those without one. */
function countWords({ texts, codes }: Words, mask: Mask): Counts {
  const tracks = new Float64Array(texts.length);
  let without = 0;
  for (const [slot, isMeant] of mask.entries()) {
    const code = codes[slot] ?? -1;
    if (isMeant && code >= 0) tracks[code] = (tracks[code] ?? 0) + 1;
    else without += isMeant;
  }
  const counts: Counts = new Map(without > 0 ? [[null, without]] : []);
  for (const [code, text] of texts.entries()) if (tracks[code]) counts.set(text, tracks[code]);
  return counts;
}

/** A track is in the group of each of its genres, whatever the case of their letters; the commonest spelling is shown. */
function countGenres(words: Words, mask: Mask): Counts {
  const counts: Counts = new Map();
  const spellings = new Map<string, Counts>();
  for (const [text, tracks] of countWords(words, mask)) {
    const genres = parseStrings(text).filter((genre) => genre !== "");
    const known = new Map(genres.map((genre) => [genre.toLowerCase(), genre]));
    for (const [plain, genre] of known) {
      const spelled: Counts = spellings.get(plain) ?? new Map<string | null, number>();
      spellings.set(plain, spelled);
      add(spelled, genre, tracks);
    }
    if (known.size === 0) add(counts, null, tracks);
  }
  for (const spelled of spellings.values()) {
    const [[name] = [""]] = [...spelled].sort(
      ([a, first], [b, other]) => other - first || (String(a) < String(b) ? -1 : 1),
    );
    for (const tracks of spelled.values()) add(counts, name, tracks);
  }
  return counts;
}

function add(counts: Counts, name: string | null, tracks: number): void {
  counts.set(name, (counts.get(name) ?? 0) + tracks);
}

function queryOf(by: Grouping, name: string | null): string {
  switch (by) {
    case "tempo":
      return name === null ? "-has:bpm" : `bpm:>=${name} bpm:<${Number(name) + BAND}`;
    case "key":
      return name === null ? "-has:key" : `key:${name}`;
    case "state":
      return `state:${name ?? ""}`;
    case "tag":
      if (name === null) return "-has:genre";
      // The language has no way to write a quotation mark in a text; words find it too.
      return name.includes('"') ? `genre:"${name.replaceAll('"', " ")}"` : `tag:="${name}"`;
  }
}
