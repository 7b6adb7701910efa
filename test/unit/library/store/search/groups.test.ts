/** Groups of tracks: each is found by its own query, with as many tracks as it says. */
import type { Database } from "sql.js";
import { beforeEach, expect, test } from "vitest";
import { search, searchGroups } from "../../../../../src/library/store/search/runSearch";
import { GROUPINGS } from "../../../../../src/shared/engineProtocol";
import { failed } from "../../fixtures/someAnalysis";
import { libraryOf, ROOT, track } from "./someLibrary";

let database: Database;

beforeEach(async () => {
  database = await libraryOf([
    track("a", { tempo: 119.97, camelot: "10A", tags: { genre: ["House", "Soul"] } }),
    track("b", { tempo: 119.9, camelot: "2B", tags: { genre: ["house"] } }),
    track("c", { tempo: 124, camelot: "2B", tags: { genre: ["Deep House"] } }),
    track("d", { tempo: null, tags: { genre: ['12" mix'] } }),
    failed(`${ROOT}/e`),
  ]);
});

test.each([
  ["tempo", ["110", "120", null]],
  ["key", ["2B", "8A", "10A", null]],
  ["tag", ['12" mix', "Deep House", "House", "Soul", null]],
  ["state", ["analyzed", "failed"]],
] as const)("by %s", async (by, names) => {
  const { found } = await searchGroups(() => database, ROOT, "", by);
  expect(found?.map(({ name }) => name)).toEqual(names);
});

test("each has as many tracks as its query finds, within what is searched", async () => {
  for (const by of GROUPINGS) {
    for (const query of ["", "bpm:>119 sort:-bpm", "house OR failed"]) {
      const groups = (await searchGroups(() => database, ROOT, query, by)).found ?? [];
      for (const group of groups) {
        const page = { offset: 0, limit: 10, within: group.query };
        const { found } = await search(() => database, ROOT, query, page);
        expect([by, query, group.name, found?.total]).toEqual([by, query, group.name, group.tracks]);
      }
    }
  }
});
