/** Which of many files a verification takes. */
import { truncate } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { chooseFiles } from "../../../../src/library/verify/chooseFiles";
import { makeFiles, makeFolder } from "../fixtures/someFiles";

async function choose(names: string[], most: number, huge: string[] = []): Promise<string[]> {
  const folder = await makeFolder();
  await makeFiles(folder, Object.fromEntries(names.map((name) => [name, "x"])));
  for (const name of huge) await truncate(join(folder, name), 100_000_000);
  return (await chooseFiles([folder], { most })).map((path) => basename(path));
}

const TEN = Array.from({ length: 10 }, (_, i) => `${i}.wav`);

test("of few files all are taken, of many some from everywhere", async () => {
  expect(await choose(TEN.slice(0, 3), 4)).toEqual(["0.wav", "1.wav", "2.wav"]);
  expect(await choose(TEN, 4)).toEqual(["0.wav", "3.wav", "5.wav", "8.wav"]);
});

test("files that take minutes are left out where there are others", async () => {
  expect(await choose(["a.wav", "b.wav"], 4, ["a.wav"])).toEqual(["b.wav"]);
  expect(await choose(["a.wav"], 4, ["a.wav"])).toEqual(["a.wav"]);
});
