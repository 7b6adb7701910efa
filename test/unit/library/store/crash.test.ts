/** A shorter run of what `npm run bench:crash` does. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { bundle } from "../fixtures/bundle";
import { crashRun } from "../fixtures/crashRun";
import { makeFolder } from "../fixtures/someFiles";

test("of a process that is killed at any moment no acknowledged change is lost", async () => {
  const script = await bundle(join(import.meta.dirname, "../fixtures/crashingWriter.ts"), await makeFolder());
  const figures = await crashRun(await makeFolder(), { script, kills: 8, seed: 1 });
  expect(figures.losses).toEqual([]);
  expect(figures.acknowledged).toBeGreaterThan(8);
}, 120_000);
