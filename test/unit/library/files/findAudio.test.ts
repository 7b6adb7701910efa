/** Which files a folder search takes, and that it ends whatever the folders are like. */
import { asAnotherUser } from "../../../fixtures/asAnotherUser";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { findAudio, type FindOptions } from "../../../../src/library/files/findAudio";
import { makeFiles, makeFolder } from "../fixtures/someFiles";

async function find(
  folder: string,
  given: string[] = [folder],
  options: FindOptions = {},
): Promise<string[]> {
  const found: string[] = [];
  for await (const path of findAudio(given, options)) found.push(relative(folder, path));
  return found;
}

async function makeTree(names: string[]): Promise<string> {
  const folder = await makeFolder();
  await makeFiles(folder, Object.fromEntries(names.map((name) => [name, ""])));
  return folder;
}

test("a folder is searched to its depth, in order, for registered extensions in any case", async () => {
  const folder = await makeTree([
    "b.mp3",
    "a.FLAC",
    "notes.txt",
    "sub/deep/c.Ogg",
    "sub/d.opus",
    "noextension",
    "x.mp3.bak",
  ]);
  expect(await find(folder)).toEqual(["a.FLAC", "b.mp3", "sub/d.opus", "sub/deep/c.Ogg"]);
});

test("hidden names, packages and our own folder are passed over", async () => {
  const folder = await makeTree([
    ".hidden.mp3",
    ".git/a.mp3",
    "node_modules/p/b.mp3",
    ".playlista/c.mp3",
    "d.mp3",
  ]);
  expect(await find(folder)).toEqual(["d.mp3"]);
});

test("a file that is named is taken whatever its name, also when it is not there", async () => {
  const folder = await makeTree([".hidden", "song.txt"]);
  const given = [".hidden", "song.txt", "gone.mp3"].map((name) => join(folder, name));
  expect(await find(folder, given)).toEqual([".hidden", "song.txt", "gone.mp3"]);
});

test("links are followed once: loops end, and a file counts once by whatever names", async () => {
  const folder = await makeTree(["a/song.mp3", "b/other.mp3"]);
  await symlink("..", join(folder, "a", "up"));
  await symlink(join(folder, "a", "song.mp3"), join(folder, "z.mp3"));
  await symlink("../b", join(folder, "a", "link to b"));
  await symlink("nowhere", join(folder, "broken.mp3"));
  expect(await find(folder)).toEqual(["a/link to b/other.mp3", "a/song.mp3"]);
});

test("what is given twice, also as part of a folder, counts once", async () => {
  const folder = await makeTree(["a/1.mp3", "2.mp3"]);
  const given = [join(folder, "a", "1.mp3"), folder, join(folder, "a"), folder, join(folder, ".", "2.mp3")];
  expect(await find(folder, given)).toEqual(["a/1.mp3", "2.mp3"]);
});

test("excluded globs are relative to the searched folder", async () => {
  const folder = await makeTree(["a/1.mp3", "a/b/2.mp3", "b/3.mp3", "samples/4.mp3", "x/samples/5.mp3"]);
  expect(await find(folder, [folder], { exclude: ["a/**", "**/samples"] })).toEqual(["b/3.mp3"]);
  expect(await find(folder, [join(folder, "x")], { exclude: ["samples/**"] })).toEqual([]);
  expect(await find(folder, [join(folder, "samples", "4.mp3")], { exclude: ["**"] })).toEqual([
    "samples/4.mp3",
  ]);
});

test("a folder that cannot be read is reported, and the search goes on", async () => {
  const folder = await makeTree(["locked/1.mp3", "open/2.mp3"]);
  await chmod(folder, 0o755);
  await chmod(join(folder, "locked"), 0);
  const unreadable: string[] = [];
  const found = await asAnotherUser(() =>
    find(folder, [folder], { onUnreadable: (path) => unreadable.push(path) }),
  );
  await chmod(join(folder, "locked"), 0o755);
  expect(found).toEqual(["open/2.mp3"]);
  expect(unreadable).toEqual([join(folder, "locked")]);
});

test("a folder that was named and cannot be read is no empty folder: it is taken, to fail as what it is", async () => {
  const folder = await makeTree(["locked/1.mp3"]);
  await chmod(folder, 0o755);
  await chmod(join(folder, "locked"), 0);
  const unreadable: string[] = [];
  const found = await asAnotherUser(() =>
    find(folder, [join(folder, "locked")], { onUnreadable: (path) => unreadable.push(path) }),
  );
  await chmod(join(folder, "locked"), 0o755);
  expect(found).toEqual(["locked"]);
  expect(unreadable).toEqual([join(folder, "locked")]);
});

// Other systems keep names as Unicode.
test.runIf(process.platform === "linux")(
  "each song whose name is not Unicode is told, none is lost in silence",
  async () => {
    const folder = await makeTree(["good \uFFFD.wav", "a/ok.wav"]);
    const bytes = (name: string) => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, "latin1")]);
    for (const name of ["bad\xff\xfe.wav", "bad\xfe\xff.wav", "bad\xff.txt"])
      await writeFile(bytes(name), "");
    await mkdir(bytes("dir\xff"));
    await writeFile(bytes("dir\xff/song.wav"), "");
    const told: string[] = [];
    const onUnreadable = (path: string, error: unknown): void => {
      told.push(`${relative(folder, path)}: ${error instanceof Error ? error.message : ""}`);
    };
    expect(await find(folder, [folder], { onUnreadable })).toEqual(["a/ok.wav", "good \uFFFD.wav"]);
    const reason = "its name is not valid Unicode, rename it";
    expect(told).toEqual([
      `bad\uFFFD\uFFFD.wav: ${reason}`,
      `bad\uFFFD\uFFFD.wav: ${reason}`,
      `dir\uFFFD: ${reason}`,
    ]);
  },
);

test("a search ends when it is told to", async () => {
  const folder = await makeTree(["1.mp3", "2.mp3"]);
  const cancel = new AbortController();
  const search = findAudio([folder, folder], { signal: cancel.signal });
  expect((await search.next()).value).toBe(join(folder, "1.mp3"));
  cancel.abort();
  await search.next();
  await expect(search.next()).rejects.toMatchObject({ name: "AbortError" });
});

test("what a search of a folder passes over is passed over below it when it is given by its name too", async () => {
  const folder = await makeTree(["a/song.mp3", "Stems/kick.wav", "node_modules/p/b.mp3", "c.mp3", "out.mp3"]);
  const below = join(folder, "a");
  const options = { exclude: ["**/Stems", "c.mp3"], excludeBelow: folder };
  const given = ["a/song.mp3", "Stems/kick.wav", "node_modules/p/b.mp3", "c.mp3"].map((name) =>
    join(folder, name),
  );
  expect(await find(folder, given, options)).toEqual(["a/song.mp3"]);
  // Outside that folder the globs mean nothing.
  expect(await find(folder, [join(folder, "c.mp3")], { ...options, excludeBelow: below })).toEqual(["c.mp3"]);
});
