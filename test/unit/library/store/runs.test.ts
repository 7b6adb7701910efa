/** The list of runs does not grow without end, and has no run twice. */
import { expect, test } from "vitest";
import { MAX_RUNS, type EndedRun } from "../../../../src/library/store/runs";
import { makeFolder } from "../fixtures/someFiles";
import { openStore } from "../fixtures/someStore";

function run(asked: number): EndedRun {
  return {
    ...{ startedAt: "2026-01-01T00:00:00Z", endedAt: "2026-01-01T00:01:00Z", app: "9.9.9", settings: "{}" },
    ...{ asked, succeeded: asked, failed: 0, unchanged: 0, cancelled: 0 },
  };
}

test("the last runs are remembered, each once however often it is told", async () => {
  const root = await makeFolder();
  const store = await openStore(root);
  const release = await store.lock();
  await Promise.all(Array.from({ length: MAX_RUNS + 2 }, (_, i) => store.noteRun(run(i))));
  await store.noteRun(run(MAX_RUNS + 1));
  await release();
  const { database } = await openStore(root);
  expect(database.exec("SELECT count(*), min(asked), max(asked) FROM runs")[0]?.values).toEqual([
    [MAX_RUNS, 2, MAX_RUNS + 1],
  ]);
});
