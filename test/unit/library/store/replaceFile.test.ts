import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeTemporaries, replaceFile } from "../../../../src/library/store/replaceFile";
import { makeFiles, makeFolder } from "../fixtures/someFiles";

test("a file is replaced as a whole, and its facts are those of the file that lies there", async () => {
  const [path = ""] = await makeFiles(await makeFolder(), { "library.sqlite": "old content" });
  const { ino, size } = await replaceFile(path, "new");
  expect(await readFile(path, "utf8")).toBe("new");
  expect(await stat(path)).toMatchObject({ ino, size });
});

test("until the last moment a reader sees the old content", async () => {
  const [path = ""] = await makeFiles(await makeFolder(), { "library.sqlite": "old" });
  let seen = "";
  await replaceFile(path, "new", {
    beforeRename: async () => {
      seen = await readFile(path, "utf8");
    },
  });
  expect(seen).toBe("old");
});

test("a save that is stopped leaves the old file and nothing beside it", async () => {
  const folder = await makeFolder();
  const [path = ""] = await makeFiles(folder, { "library.sqlite": "old" });
  const stop = (): Promise<void> => Promise.reject(new Error("another process wrote it"));
  await expect(replaceFile(path, "new", { beforeRename: stop })).rejects.toThrow("another process wrote it");
  expect(await readFile(path, "utf8")).toBe("old");
  expect(await readdir(folder)).toEqual(["library.sqlite"]);
});

test("what a process that died left behind goes, and nothing else", async () => {
  const folder = await makeFolder();
  const kept = ["library.sqlite", "library.sqlite.mine.tmp", "other.bin.1-2.tmp"];
  for (const name of [...kept, "library.sqlite.4711-3.tmp"]) await writeFile(join(folder, name), "");
  await removeTemporaries(folder, (name) => name === "library.sqlite");
  expect((await readdir(folder)).sort()).toEqual(kept);
});
