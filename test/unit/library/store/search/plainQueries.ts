/** Queries of any form, each with what it means, said anew of a row. */
import fc from "fast-check";
import { withoutCase, wordsOf, type PlainKey, type PlainRow } from "./plainLibrary";

export interface PlainQuery {
  text: string;
  isMeant: (row: PlainRow) => boolean;
}

const NAMES = ["a", "A b", "é", "É", "Ê", "ê a", "b-a", "B a", "z", "ba"] as const;
const TEXTS = fc.constantFrom(...NAMES, null);

/** What rows have: small sets, so that values meet each other and queries. */
export const CELLS = {
  rhythm_tempo: fc.constantFrom(89.5, 90, 120, 120.5, 121, null),
  loudness_integrated: fc.constantFrom(-20.25, -12.25, -9.75, null),
  tags_year: fc.constantFrom(1989, 1990, 2001, null),
  tags_title: TEXTS,
  tags_artist: TEXTS,
  tags_genre: fc.constantFrom('["Soul"]', '["soul","É"]', '["Jazz"]', "[]", null),
  tonal_camelot: fc.constantFrom("2A", "10A", "10B", null),
  format_codec: fc.constantFrom("flac", "FLAC", "mp3", null),
  format_lossless: fc.constantFrom(0, 1, null),
  rhythm_beats: fc.constantFrom("[1,2]", "[]", null),
  timing_analyzed_at: fc.constantFrom("2026-01-02T12:00:00.000Z", "2025-06-02T12:00:00.000Z", null),
  state: fc.constantFrom("analyzed", "failed"),
};

const query = (text: string, isMeant: PlainQuery["isMeant"]): PlainQuery => ({ text, isMeant });

const textOf = (row: PlainRow, column: string): string => (row[column] ?? "") as string;

/** By a number: `half` is half of what the value alone stands for, `edge` how far an end of a range reaches. */
function numbers(
  name: string,
  column: string,
  { wanted, half, edge }: { wanted: number[]; half: number; edge: number },
) {
  const within = (from: number, to: number) => (row: PlainRow) => {
    const value = row[column] ?? null;
    return typeof value === "number" && value >= from && value < to;
  };
  return fc
    .tuple(fc.constantFrom(...wanted), fc.constantFrom(...wanted))
    .chain(([a, b]) =>
      fc.constantFrom(
        query(`${name}:${a}`, within(a - half, a + half)),
        query(`${name}:<${a}`, within(-Infinity, a - edge)),
        query(`${name}:<=${a}`, within(-Infinity, a + edge)),
        query(`${name}:>${a}`, within(a + edge, Infinity)),
        query(`${name}:>=${a}`, within(a - edge, Infinity)),
        query(`${name}:${a}..${b}`, within(Math.min(a, b) - edge, Math.max(a, b) + edge)),
        query(`${name}:..${a}`, within(-Infinity, a + edge)),
        query(`has:${name}`, within(-Infinity, Infinity)),
      ),
    );
}

const years = fc.constantFrom(1989, 1990, 2001).chain((year) => {
  const of = (row: PlainRow): number => (row["tags_year"] ?? NaN) as number;
  return fc.constantFrom(
    query(`year:${year}`, (row) => of(row) === year),
    query(`year:<${year}`, (row) => of(row) < year),
    query(`year:>${year}`, (row) => of(row) > year),
    query(`year:~${year}`, (row) => Math.abs(of(row) - year) <= 1),
  );
});

const SEARCHED = ["path", "tags_title", "tags_artist", "tags_genre"];

const texts = fc
  .tuple(
    fc.constantFrom("title", "artist"),
    fc.constantFrom(...NAMES, "e", "A B"),
    fc.constantFrom("a", "b", "é", "s"),
  )
  .chain(([name, whole, word]) => {
    const column = `tags_${name}`;
    const [plain = ""] = wordsOf(word);
    const isBegun = (row: PlainRow, at: string): boolean =>
      wordsOf(textOf(row, at)).some((found) => found.startsWith(plain));
    const hasPhrase = (row: PlainRow, at: string): boolean =>
      ` ${wordsOf(textOf(row, at)).join(" ")} `.includes(` ${wordsOf(whole).join(" ")} `);
    return fc.constantFrom(
      query(`${name}:${word}`, (row) => isBegun(row, column)),
      query(`${name}:"${whole}"`, (row) => hasPhrase(row, column)),
      query(`${name}:="${whole}"`, (row) => withoutCase(textOf(row, column)) === withoutCase(whole)),
      query(`has:${name}`, (row) => textOf(row, column) !== ""),
      query(word, (row) => SEARCHED.some((at) => isBegun(row, at))),
      query(`"${whole}"`, (row) => SEARCHED.some((at) => hasPhrase(row, at))),
    );
  });

const genresOf = (row: PlainRow): string[] => JSON.parse(textOf(row, "tags_genre") || "[]") as string[];
const keyOf = (row: PlainRow): string => textOf(row, "tonal_camelot");

const others = fc.constantFrom(
  query("key:10", (row) => /^10/.test(keyOf(row))),
  query("key:~10A", (row) => ["9A", "10A", "11A", "10B"].includes(keyOf(row))),
  query("has:key", (row) => keyOf(row) !== ""),
  query("codec:=flac", (row) => textOf(row, "format_codec").toLowerCase() === "flac"),
  query("codec:p", (row) => textOf(row, "format_codec").includes("p")),
  query("lossless:yes", (row) => row["format_lossless"] === 1),
  query("lossless:no", (row) => row["format_lossless"] === 0),
  query("state:failed", (row) => row["state"] === "failed"),
  query("tag:=soul,é", (row) => genresOf(row).some((genre) => /^(soul|é)$/iu.test(genre))),
  query("has:genre", (row) => genresOf(row).length > 0),
  query("has:beats", (row) => textOf(row, "rhythm_beats").length > 2),
  query("analyzed:2026", (row) => textOf(row, "timing_analyzed_at").startsWith("2026")),
  query("analyzed:<2026", (row) => textOf(row, "timing_analyzed_at").startsWith("2025")),
  query("has:analyzed", (row) => textOf(row, "timing_analyzed_at") !== ""),
  query("path:b/*A", (row) => /b\/.*a/i.test(row.path)),
  query("path:é?.", (row) => /é.\./iu.test(row.path)),
  query("folder:b", (row) => `/${textOf(row, "folder")}/`.toLowerCase().includes("/b/")),
  query("ext:flac", (row) => row.path.toLowerCase().endsWith(".flac")),
);

const one: fc.Arbitrary<PlainQuery> = fc.oneof(
  numbers("bpm", "rhythm_tempo", { wanted: [90, 120, 121], half: 0.5, edge: 0.05 }),
  numbers("lufs", "loudness_integrated", { wanted: [-20, -12, -10], half: 0.5, edge: 0.05 }),
  years,
  texts,
  others,
);

const together: fc.Arbitrary<PlainQuery> = fc.letrec<{ part: PlainQuery; both: PlainQuery }>((tie) => ({
  part: fc.oneof({ maxDepth: 3, withCrossShrink: true }, one, tie("both")),
  both: fc.oneof(
    tie("part").map(({ text, isMeant }) => query(`-(${text})`, (row) => !isMeant(row))),
    fc
      .array(tie("part"), { minLength: 2, maxLength: 3 })
      .map((parts) => query(`(${said(parts, " ")})`, (row) => parts.every(({ isMeant }) => isMeant(row)))),
    fc
      .array(tie("part"), { minLength: 2, maxLength: 3 })
      .map((parts) => query(`(${said(parts, " OR ")})`, (row) => parts.some(({ isMeant }) => isMeant(row)))),
  ),
})).part;

function said(parts: readonly PlainQuery[], between: string): string {
  return parts.map(({ text }) => text).join(between);
}

const KEYS: Readonly<Record<string, PlainKey["valueOf"]>> = {
  bpm: (row) => row["rhythm_tempo"] ?? null,
  lufs: (row) => row["loudness_integrated"] ?? null,
  year: (row) => row["tags_year"] ?? null,
  title: (row) => ((row["tags_title"] ?? null) === null ? null : withoutCase(textOf(row, "tags_title"))),
  artist: (row) => ((row["tags_artist"] ?? null) === null ? null : withoutCase(textOf(row, "tags_artist"))),
  analyzed: (row) => row["timing_analyzed_at"] ?? null,
  key: (row) => (keyOf(row) === "" ? null : keyOf(row).padStart(3, "0")),
  codec: (row) => ((row["format_codec"] ?? null) === null ? null : textOf(row, "format_codec").toLowerCase()),
  folder: (row) => textOf(row, "folder").toLowerCase(),
  // The order that all have without any; from behind it is turned round as a whole.
  path: ({ path, id }) => `${withoutCase(path)}\0${String(5000 + id)}`,
};

const sorts = fc.array(fc.tuple(fc.constantFrom("", "-"), fc.constantFrom(...Object.keys(KEYS))), {
  maxLength: 2,
});

/** A query with its order; the text of one that asks for nothing is "". */
export const QUERIES: fc.Arbitrary<PlainQuery & { keys: PlainKey[] }> = fc
  .tuple(fc.option(together, { nil: query("", () => true) }), sorts)
  .map(([{ text, isMeant }, names]) => ({
    text:
      names.length === 0
        ? text
        : `${text && `(${text})`} sort:${names.map((parts) => parts.join("")).join()}`,
    isMeant,
    keys: names.flatMap(([sign, name]) => {
      const valueOf = KEYS[name];
      return valueOf ? [{ valueOf, isDescending: sign === "-" }] : [];
    }),
  }));
