/** A library that is searched, changed and searched again answers as one that is searched for the first time. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { openInMemory } from "../../../../../src/library/store/loadDatabase";
import { applyOperations, type Operation } from "../../../../../src/library/store/operations";
import { hasPattern } from "../../../../../src/library/store/search/condition";
import { trackTable } from "../../../../../src/library/store/search/TrackTable";
import { search, searchGroups } from "../../../../../src/library/store/search/runSearch";
import { GROUPINGS } from "../../../../../src/shared/engineProtocol";
import { libraryOf, ROOT, track } from "./someLibrary";

const QUERIES = [
  "",
  "bpm:100-130",
  "-bpm:100-130 sort:title",
  "sort:-title,path",
  "sort:artist,-bpm",
  "title:b OR path:b",
  "has:title sort:key,-path",
  "-has:beats",
  "genre:soul sort:folder",
] as const;

const name = fc.constantFrom("a", "B", "b/c", "b/D", "é", "Z");
const text = fc.constantFrom("a", "A", "b", "Bb", "ba", null);
const change: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    kind: fc.constant("put" as const),
    table: fc.constant("tracks" as const),
    row: fc.record(
      {
        path: name,
        folder: fc.constantFrom("", "b"),
        rhythm_tempo: fc.constantFrom(90, 120.5, null),
        tags_title: text,
        tags_artist: text,
        tags_genre: fc.constantFrom('["Soul"]', '["soul","Jazz"]', null),
        tonal_camelot: fc.constantFrom("2A", "10A", null),
        rhythm_beats: fc.constantFrom("[1]", "[]", null),
        state: fc.constant("analyzed"),
        warnings: fc.constant("[]"),
        missing: fc.constant("{}"),
        groups: fc.constant("[]"),
      },
      { requiredKeys: ["path", "folder", "state", "warnings", "missing", "groups"] },
    ),
  }),
  fc.record({
    kind: fc.constant("put" as const),
    table: fc.constant("tracks" as const),
    row: fc.record({
      id: fc.integer({ min: 1, max: 6 }),
      path: fc.string({ maxLength: 3 }).map((end) => `m${end}`),
    }),
  }),
  fc.record({
    kind: fc.constant("delete" as const),
    table: fc.constant("tracks" as const),
    key: fc.oneof(fc.record({ path: name }), fc.record({ id: fc.integer({ min: 1, max: 6 }) })),
  }),
);

test("after any changes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 6 }), async (rounds) => {
      const library = await libraryOf(["a", "b/c", "B"].map((path) => track(path)));
      for (const changes of [[], ...rounds]) {
        for (const one of changes) {
          // Some are refused: a path that another has, a row without what it needs.
          try {
            applyOperations(library, [one]);
          } catch (error) {
            expect(String(error)).toMatch(/constraint failed/);
          }
        }
        const answers = await answersOf(library);
        const fresh = await openInMemory(library.export());
        expect(answers).toEqual(await answersOf(fresh));
        fresh.close();
      }
    }),
    { numRuns: 60 },
  );
});

async function answersOf(library: Awaited<ReturnType<typeof libraryOf>>): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const query of QUERIES) {
    const { found } = await search(() => library, ROOT, query, { offset: 0, limit: 100 });
    answers.push([query, found?.total, found?.tracks.map(({ path }) => path)]);
  }
  for (const by of GROUPINGS) answers.push((await searchGroups(() => library, ROOT, "", by)).found);
  return answers;
}

test("what has changed is found also when the search before failed in reading it", async () => {
  const library = await libraryOf([track("a"), track("b")]);
  const pathsOf = async (query: string): Promise<unknown> =>
    (await search(() => library, ROOT, query, { offset: 0, limit: 100 })).found?.tracks.map(
      ({ path }) => path,
    );
  await pathsOf("sort:-bpm");
  applyOperations(library, [{ kind: "put", table: "tracks", row: { id: 1, path: "c" } }]);
  library.run("ALTER TABLE tracks RENAME COLUMN rhythm_tempo TO unreadable");
  await expect(pathsOf("sort:-bpm")).rejects.toThrow(/no such column/);
  library.run("ALTER TABLE tracks RENAME COLUMN unreadable TO rhythm_tempo");
  expect(await pathsOf("sort:-bpm")).toEqual([`${ROOT}/b`, `${ROOT}/c`]);
});

test("a pattern of a path is found wherever a regular expression finds it", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "/", "😀", ".", "*", "?"), maxLength: 8 });
  fc.assert(
    fc.property(
      letters,
      fc.string({ unit: fc.constantFrom("a", "b", "/", "😀", "."), maxLength: 12 }),
      (pattern, path) => {
        const literal = pattern.replaceAll(".", "\\.");
        const expression = new RegExp(literal.replaceAll("*", ".*").replaceAll("?", "."), "u");
        expect(hasPattern(pattern)(path)).toBe(expression.test(path));
      },
    ),
    { numRuns: 2000 },
  );
});

test("where tracks were changed by something that has not told it, no text stands beside another's id", async () => {
  const database = await libraryOf([
    track("a.mp3", { tags: { genre: ["Soul"] } }),
    track("b.mp3", { tags: { genre: ["Jazz"] } }),
  ]);
  const table = trackTable(database);
  database.run("UPDATE tracks SET id = 7 WHERE path = 'a.mp3'");
  expect(() => table.words("tags_genre")).toThrow("has not told it");
});
