/** Any query of any library after any changes finds what a list of rows, looked at one by one, says. */
import fc from "fast-check";
import type { Database } from "sql.js";
import { expect, onTestFinished, test } from "vitest";
import { openInMemory } from "../../../../../src/library/store/loadDatabase";
import { applyOperations, type Operation } from "../../../../../src/library/store/operations";
import { search, searchIds } from "../../../../../src/library/store/search/runSearch";
import { migrate } from "../../../../../src/library/store/schema";
import { inPlainOrder, PlainLibrary } from "./plainLibrary";
import { CELLS, QUERIES } from "./plainQueries";
import { ROOT } from "./someLibrary";

const PATHS = [
  "a.flac",
  "A.flac",
  "b/a.mp3",
  "B/A.mp3",
  "b/é1.flac",
  "b/É1.FLAC",
  "b/c/é😀.ogg",
  "ê.mp3",
  "z b.wav",
  "C",
];

const path = fc.constantFrom(...PATHS);
const id = fc.integer({ min: -2, max: 14 });
const cells = fc.record(CELLS, { requiredKeys: [] });
const needed = path.map((name) => ({
  path: name,
  folder: name.slice(0, Math.max(0, name.lastIndexOf("/"))),
  state: "analyzed",
  ...{ warnings: "[]", missing: "{}", groups: "[]" },
}));

const put = (row: fc.Arbitrary<Readonly<Record<string, string | number | null>>>) =>
  row.map((given): Operation => ({ kind: "put", table: "tracks", row: given }));

const CHANGES: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 5, arbitrary: put(fc.tuple(needed, cells).map((parts) => Object.assign({}, ...parts))) },
  {
    weight: 1,
    arbitrary: put(fc.tuple(needed, cells, fc.record({ id })).map((parts) => Object.assign({}, ...parts))),
  },
  {
    weight: 2,
    arbitrary: put(fc.tuple(cells, fc.record({ id })).map((parts) => Object.assign({}, ...parts))),
  },
  { weight: 1, arbitrary: put(fc.record({ id, path })) },
  {
    weight: 2,
    arbitrary: fc
      .oneof(fc.record({ id }), fc.record({ path }))
      .map((key): Operation => ({ kind: "delete", table: "tracks", key })),
  },
);

/** What happens to a library between two searches. */
const STEPS = fc.oneof(
  { weight: 6, arbitrary: fc.array(CHANGES, { minLength: 1, maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom("saved" as const, "readAgain" as const) },
);

const PAGES = fc.record({ offset: fc.nat(3), limit: fc.constantFrom(1, 3, 100) });

test("any query after any changes finds, in its order, what looking at each row finds", async () => {
  const empty = await openInMemory();
  migrate(empty, 0);
  const bytes = empty.export();
  empty.close();
  let database = await openInMemory(bytes);
  onTestFinished(() => {
    database.close();
  });
  const rounds = fc.array(
    fc.tuple(STEPS, fc.array(fc.tuple(QUERIES, PAGES), { minLength: 1, maxLength: 3 })),
    {
      minLength: 1,
      maxLength: 8,
    },
  );
  await fc.assert(
    fc.asyncProperty(rounds, async (given) => {
      const plain = new PlainLibrary();
      database.close();
      database = await openInMemory(bytes);
      for (const [step, questions] of given) {
        if (typeof step === "string") database = await after(step, database);
        else expect(isChanged(database, step)).toBe(plain.change(step));
        for (const [{ text, isMeant, keys }, page] of questions) {
          const wanted = inPlainOrder(plain.rows.filter(isMeant), keys);
          const ids = await searchIds(() => database, ROOT, text);
          expect([text, ids.problem ?? ids.found]).toEqual([text, wanted.map((row) => row.id)]);
          const { found } = await search(() => database, ROOT, text, page);
          const shown = wanted.slice(page.offset, page.offset + page.limit);
          expect(found?.total).toBe(wanted.length);
          expect(found?.tracks.map((row) => row.path)).toEqual(shown.map((row) => `${ROOT}/${row.path}`));
        }
      }
    }),
    { numRuns: 100 },
  );
});

/** False when they are refused: a path that another has, a row without what it needs. */
function isChanged(database: Database, operations: readonly Operation[]): boolean {
  try {
    applyOperations(database, operations);
    return true;
  } catch (error) {
    expect(String(error)).toMatch(/constraint failed/);
    return false;
  }
}

/** Saving opens the same database anew; reading it again, as after another process' save, gives another. */
async function after(step: "saved" | "readAgain", database: Database): Promise<Database> {
  const bytes = database.export();
  if (step === "saved") return database;
  database.close();
  return openInMemory(bytes);
}
