/** Whatever lies in a folder that came from elsewhere, only our own files in it are written or removed. */
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import initSqlJs from "sql.js";
import { expect, test } from "vitest";
import { analyzed } from "../fixtures/someAnalysis";
import { makeFiles, makeFolder } from "../fixtures/someFiles";
import { databaseIn, openStore, putOne } from "../fixtures/someStore";

test("a song to which the owner's note was linked keeps its sound", async () => {
  const root = await makeFolder();
  await makeFiles(root, { "song.flac": "music" });
  await mkdir(join(root, ".playlista"));
  await symlink(join("..", "song.flac"), join(root, ".playlista", "library.owner.json"));
  await putOne(await openStore(root), analyzed(join(root, "song.flac")));
  expect(await readFile(join(root, "song.flac"), "utf8")).toBe("music");
});

test("a file that a stored hash names stays where it is", async () => {
  const root = await makeFolder();
  await makeFiles(root, { "victim.bin": "mine" });
  const track = analyzed(join(root, "a.wav"));
  await putOne(await openStore(root), track);
  const { Database } = await initSqlJs();
  const edited = new Database(await readFile(databaseIn(root)));
  edited.run("UPDATE tracks SET file_sha256 = '../../victim'");
  await writeFile(databaseIn(root), edited.export());
  const store = await openStore(root);
  expect(await store.getView(track.path)).toBeNull();
  await putOne(store, track);
  expect(await readFile(join(root, "victim.bin"), "utf8")).toBe("mine");
});

test.each([".playlista", join(".playlista", "views")])(
  "photos to which %s was linked are neither removed nor joined by files of ours",
  async (link) => {
    const root = await makeFolder();
    await makeFiles(root, { "photos/work.12-3.tmp": "mine", "photos/library.sqlite.12-3.tmp": "mine" });
    if (link !== ".playlista") await mkdir(join(root, ".playlista"));
    await symlink(join(root, "photos"), join(root, link));
    const store = await openStore(root);
    await expect(store.lock()).rejects.toMatchObject({
      code: "cannotWrite",
      message: expect.stringContaining("is a link") as string,
    });
    expect((await readdir(join(root, "photos"))).sort()).toEqual([
      "library.sqlite.12-3.tmp",
      "work.12-3.tmp",
    ]);
  },
);

test("a link on the way to the folder is the user's to set", async () => {
  const root = await makeFolder();
  await mkdir(join(root, "disk"));
  await symlink(join(root, "disk"), join(root, "music"));
  await putOne(await openStore(join(root, "music")), analyzed(join(root, "music", "a.mp3")));
  expect(await readdir(join(root, "disk", ".playlista"))).toContain("library.sqlite");
});

test("among the waveforms only what a dead process of ours left is removed", async () => {
  const root = await makeFolder();
  const views = join(".playlista", "views");
  const left = `${"a".repeat(64)}.bin.12-3.tmp`;
  await makeFiles(root, { [join(views, "work.12-3.tmp")]: "mine", [join(views, left)]: "half" });
  await (
    await (await openStore(root)).lock()
  )();
  expect(await readdir(join(root, views))).toEqual(["work.12-3.tmp"]);
});
