/** What each word of the search language finds in a library of real rows. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FIELD_NAMES } from "../../../../../src/library/store/search/searchFields";
import { search } from "../../../../../src/library/store/search/runSearch";
import { makeFolder } from "../../fixtures/someFiles";
import { failed } from "../../fixtures/someAnalysis";
import { libraryOf, namesFound, ROOT, track } from "./someLibrary";

const everything = { offset: 0, limit: 1000 };

test.each([
  ["bpm:120-128", ["120.04", "128.03"]],
  ["bpm:120..128", ["120.04", "128.03"]],
  ["tempo:128-120", ["120.04", "128.03"]],
  ["bpm:..120", ["119.9", "120.04", "60"]],
  ["bpm:128..", ["128.03", "128.2"]],
  ["bpm:128", ["128.03", "128.2"]],
  ["bpm:128.0", ["128.03"]],
  ["bpm:>128", ["128.2"]],
  ["bpm>=128", ["128.03", "128.2"]],
  ["bpm:<120 bpm:>100", ["119.9"]],
  ["bpm:~123bpm", ["119.9", "120.04"]],
  ["bpm:~~120", ["119.9", "120.04", "60"]],
  ["bpm:60,128.2", ["128.2", "60"]],
  ["has:tempo", ["119.9", "120.04", "128.03", "128.2", "60"]],
  ["-has:bpm", ["none"]],
  ["-bpm:100-200", ["60", "none"]],
  ["missing:tempo", ["none"]],
  ["missing:noBeat", ["none"]],
])("tempo: %s", async (query, names) => {
  const tempos = [119.9, 120.04, 128.03, 128.2, 60].map((tempo) => track(String(tempo), { tempo }));
  const none = track("none", { tempo: null, over: { missing: { "rhythm.tempo": "noBeat" } } });
  expect(await namesFound(await libraryOf([...tempos, none]), query)).toEqual(names);
});

test.each([
  ["key:8A", ["8A"]],
  ["key:Am", ["8A"]],
  ['key:"a minor"', ["8A"]],
  ["key:1m", ["8A"]],
  ["camelot:8", ["8A", "8B"]],
  ["key:C", ["8B"]],
  ["key:~8A", ["7A", "8A", "8B", "9A"]],
  ["key:~12A", ["11A", "1A"]],
  ["key:1A,8B", ["1A", "8B"]],
  ["key:~8A -key:8B sort:-key", ["9A", "8A", "7A"]],
])("key: %s", async (query, names) => {
  const keys = ["1A", "7A", "8A", "8B", "9A", "11A"];
  const library = await libraryOf(keys.map((camelot) => track(camelot, { camelot })));
  const found = await namesFound(library, query);
  expect(query.includes("sort:") ? found : found.sort()).toEqual(
    query.includes("sort:") ? names : names.sort(),
  );
});

test.each([
  ["lufs:<-14", ["quiet"]],
  ["lufs:<−14", ["quiet"]],
  ["lufs:-16..-9", ["quiet"]],
  ["lufs:-9--16", ["quiet"]],
  ["loudness:-16--5", ["loud", "quiet"]],
  ["lufs:~-8.5LUFS", ["loud"]],
  ["peak:>-1", ["loud"]],
  ["peak:<=-1dBTP", ["quiet"]],
  ["duration:>5:00", ["quiet"]],
  ["length:3m..4m", ["loud"]],
  ["duration:3:47", ["loud"]],
  ["duration:<1h duration:>=301s", ["quiet"]],
  ["samplerate:48k", ["quiet"]],
  ["samplerate:44.1kHz", ["loud"]],
  ["codec:mp3", ["quiet"]],
  ["codec:=flac", ["loud"]],
  ["lossless:yes", ["loud"]],
  ["bitrate:320", ["quiet"]],
  ["size:>5MB", ["quiet"]],
  ["sha256:0000", ["loud"]],
])("facts and levels: %s", async (query, names) => {
  const loud = track("loud", { lufs: -8, peak: 0.2 });
  const quiet = track("quiet", { lufs: -15.5, peak: -3, seconds: 301 });
  if (quiet.format)
    Object.assign(quiet.format, { sampleRate: 48000, codec: "MP3", lossless: false, bitrate: 320_100 });
  if (quiet.file) Object.assign(quiet.file, { size: 7_000_000, sha256: "f".repeat(64) });
  expect(await namesFound(await libraryOf([loud, quiet]), query)).toEqual(names);
});

test.each([
  ["nina", ["Feeling Good.flac", "Sinnerman.flac"]],
  ["NIN sinner", ["Sinnerman.flac"]],
  ['"nin"', []],
  ['"nina simone"', ["Feeling Good.flac", "Sinnerman.flac"]],
  ['artist:"Nina Simone" -title:sinnerman', ["Feeling Good.flac"]],
  ['artist:="nina simone"', ["Feeling Good.flac", "Sinnerman.flac"]],
  ["artist:=nina", []],
  ["joga", ["Jóga.flac"]],
  ["björk OR sinnerman", ["Jóga.flac", "Sinnerman.flac"]],
  ["(bjork | nina) year:1990s", ["Jóga.flac"]],
  ["year:1990..1999", ["Jóga.flac"]],
  ["year:~1966", ["Feeling Good.flac", "Sinnerman.flac"]],
  ["genre:soul", ["Sinnerman.flac"]],
  ["tag:soul", ["Sinnerman.flac"]],
  ["-genre:soul", ["Feeling Good.flac", "Jóga.flac"]],
  ["NOT tag:soul sort:-title", ["Jóga.flac", "Feeling Good.flac"]],
  ["path:Live", ["Sinnerman.flac"]],
  ["path:*simone*good*", ["Feeling Good.flac"]],
  ["folder:live", ["Sinnerman.flac"]],
  ["in:Simone", ["Feeling Good.flac", "Sinnerman.flac"]],
  ["folder:Simone/Live", ["Sinnerman.flac"]],
  ["folder:Live/Simone", []],
  ["ext:flac ext:.FLAC", ["Feeling Good.flac", "Jóga.flac", "Sinnerman.flac"]],
  ["Nina - Sinnerman & ", ["Sinnerman.flac"]],
  ["sort:year,title", ["Feeling Good.flac", "Sinnerman.flac", "Jóga.flac"]],
  ["sort:-year", ["Jóga.flac", "Feeling Good.flac", "Sinnerman.flac"]],
])("words, tags and places: %s", async (query, names) => {
  const nina = { artist: "Nina Simone", year: 1965 };
  const library = await libraryOf([
    track("Simone/Feeling Good.flac", { tags: { ...nina, title: "Feeling Good", genre: ["Jazz"] } }),
    track("Simone/Live/Sinnerman.flac", { tags: { ...nina, title: "Sinnerman", genre: ["Jazz", "Soul"] } }),
    track("Björk/Jóga.flac", { tags: { artist: "Björk", title: "Jóga", year: 1997 } }),
  ]);
  const found = await namesFound(library, query);
  expect(query.includes("sort:") ? found : found.sort()).toEqual(names);
});

describe("states", () => {
  const warned = track("warned", {
    over: {
      warnings: [{ code: "truncated", message: "" }],
      timing: { ...track("x").timing, analyzedAt: "2026-03-04T12:00:00.000Z" },
    },
  });
  const old = track("old", {
    over: { versions: { app: "1", schema: 1, measurements: { tempo: 1, loudness: 1 } } },
  });
  test.each([
    ["state:failed", ["broken"]],
    ["state:fail error:corrupt", ["broken"]],
    ["has:error", ["broken"]],
    ["has:warnings", ["warned"]],
    ["warning:trunc", ["warned"]],
    ["warning:no state:analyzed", ["old"]],
    ["outdated:yes", ["old"]],
    ["outdated:no state:analyzed", ["warned"]],
    ["analyzed:2026-03", ["warned"]],
    ["analyzed:2026-03-04", ["warned"]],
    ["analyzed:<2026-02 state:analyzed", ["old"]],
  ])("%s", async (query, names) => {
    const library = await libraryOf([failed(`${ROOT}/broken`), warned, old]);
    expect(await namesFound(library, query)).toEqual(names);
  });
});

test("files that are gone from the disk are found by looking there", async () => {
  const root = await makeFolder();
  await mkdir(join(root, "a"));
  await writeFile(join(root, "a", "here.flac"), "");
  const here = { ...track("x"), path: join(root, "a", "here.flac") };
  const gone = { ...track("x"), path: join(root, "b", "gone.flac") };
  const library = await libraryOf([here, gone], root);
  expect(await namesFound(library, "missing:yes", root)).toEqual(["gone.flac"]);
  expect(await namesFound(library, "missing:no", root)).toEqual(["here.flac"]);
});

test("no file is called gone while the library's own folder is not there", async () => {
  const root = join(await makeFolder(), "unplugged");
  const library = await libraryOf([{ ...track("x"), path: join(root, "x.flac") }], root);
  await expect(namesFound(library, "missing:yes", root)).rejects.toThrow("is its disk connected?");
});

describe("order and pages", () => {
  test("what has no value comes last in both directions, and equals stay in the order of their paths", async () => {
    const library = await libraryOf([
      track("b", { tempo: null }),
      track("d", { tempo: 100 }),
      track("C", { tempo: 120 }),
      track("a", { tempo: 100 }),
    ]);
    expect(await namesFound(library, "sort:bpm")).toEqual(["a", "d", "C", "b"]);
    expect(await namesFound(library, "sort:-bpm")).toEqual(["C", "a", "d", "b"]);
    expect(await namesFound(library, "")).toEqual(["a", "b", "C", "d"]);
  });

  test("pages put together are the whole, whatever the order", async () => {
    const library = await libraryOf(
      Array.from({ length: 23 }, (_, index) =>
        track(`${index}.mp3`, { tempo: index % 4 ? 100 + (index % 3) : null }),
      ),
    );
    for (const query of ["", "sort:-bpm", "bpm:101 sort:artist", "has:bpm sort:key,-path"]) {
      const paths: string[] = [];
      let total = Infinity;
      for (let offset = 0; offset < total; offset += 5) {
        const { found } = await search(() => library, ROOT, query, { offset, limit: 5 });
        total = found?.total ?? 0;
        paths.push(...(found?.tracks.map(({ path }) => path) ?? []));
      }
      const whole = await search(() => library, ROOT, query, everything);
      expect(paths).toEqual(whole.found?.tracks.map(({ path }) => path));
      expect(new Set(paths).size).toBe(total);
    }
  });
});

test.each([
  ["bmp:120", 0, 3, 'There is no field "bmp". Did you mean "bpm"?'],
  ["house artits:nina", 6, 6, 'There is no field "artits". Did you mean "artist"?'],
  ["re:stacks", 0, 2, 'There is no field "re". To find it as text, put it in quotation marks.'],
  ["bpm:fast", 4, 4, '"fast" is no number: it is counted in BPM.'],
  ["lufs:<-14Hz", 6, 5, '"-14Hz" is no number: it is counted in LUFS.'],
  ["duration:>5:0x", 10, 4, '"5:0x" is no number: write 5:00, 3m30s or 90s.'],
  ["key:H", 4, 1, '"H" is no key: write 8A, 1m, Am or "A minor".'],
  ["key:>8A", 5, 2, 'Keys cannot be compared with ">".'],
  ["state:finished", 6, 8, '"finished" is not known here. It can be analyzed, failed or imported.'],
  ["state:analysed", 6, 8, '"analysed" is not known here. Did you mean "analyzed"?'],
  ["analyzed:2026-13", 9, 7, '"2026-13" is no date: write 2026, 2026-01 or 2026-01-31.'],
  ["artist:", 0, 6, '"artist:" needs a value after it.'],
  ['artist:"nina', 7, 1, "This quotation mark has no other that closes it."],
  ["(house", 0, 1, "This bracket is not closed."],
  ["house)", 5, 1, "This bracket closes nothing."],
  ["house OR", 6, 2, "After this something is missing."],
  ["sort:loudnes", 5, 7, 'Nothing can be sorted by "loudnes". Did you mean "loudness"?'],
  ["house OR sort:bpm", 9, 4, '"sort:" cannot stand in brackets, after "-" or beside OR.'],
  ["has:tempp", 4, 5, 'There is no value "tempp". Did you mean "tempo"?'],
  ["beats:3", 0, 5, '"beats" is a list: ask whether it is there by has:beats.'],
  ["similar:nothing.mp3", 8, 11, 'No track of the library has "nothing.mp3" in its path.'],
])("what is wrong with %s is said with its place", async (query, at, length, message) => {
  const library = await libraryOf([]);
  const { problem } = await search(() => library, ROOT, query, everything);
  expect(problem).toEqual({ at, length, message });
});

/** Texts that look like queries, and texts that look like attacks. */
const piece = fc.oneof(
  fc.constantFrom(
    ...FIELD_NAMES.map((name) => `${name}:`),
    "sort:",
    "(",
    ")",
    "-",
    "OR",
    '"',
    "~",
    "~~",
    "<",
    ">=",
    ",",
    "..",
  ),
  fc.constantFrom(
    "120",
    "5:00",
    "8A",
    "2026-01",
    "-14",
    "48k",
    "yes",
    "tempo",
    "nina*",
    "'; DROP TABLE tracks; --",
    "\\%_?",
  ),
  fc.constantFrom(" ", "  ", "é", "\u0000", "日本", "NEAR/2", "tags_title:x", "1e999", "☃"),
  fc.string({ unit: "grapheme", maxLength: 8 }),
);

test("any text at all is answered: by tracks, or by what is wrong and a place within the text", async () => {
  const library = await libraryOf([track("a", { tags: { title: "a" } }), failed(`${ROOT}/b`)]);
  // Files are not looked for here: there are none.
  const query = fc
    .array(piece, { maxLength: 12 })
    .map((pieces) => pieces.join("").replaceAll(/missing/gi, "has"));
  await fc.assert(
    fc.asyncProperty(query, async (text) => {
      const { found, problem } = await search(() => library, ROOT, text, everything);
      if (problem) {
        expect(problem.at + problem.length).toBeLessThanOrEqual(text.length);
        expect(problem.message).toMatch(/[.?]$/);
      } else {
        expect(found.tracks.length).toBe(found.total);
      }
    }),
    { numRuns: 3000 },
  );
  expect(await namesFound(library, "")).toEqual(["a", "b"]);
});
