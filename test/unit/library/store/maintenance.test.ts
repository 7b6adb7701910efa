/** Copies before what is for good, what is brought out of a broken database, and what Check and Compact do. */
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import initSqlJs from "sql.js";
import { expect, onTestFinished, test } from "vitest";
import { backUp } from "../../../../src/library/store/backup";
import { cleanViews } from "../../../../src/library/store/cleanViews";
import { realDisk, type Disk } from "../../../../src/library/store/disk";
import { maintain } from "../../../../src/library/store/maintain";
import { SharedStore } from "../../../../src/library/store/sharing/SharedStore";
import { StoreFiles } from "../../../../src/library/store/StoreFiles";
import { TrackStore } from "../../../../src/library/store/TrackStore";
import type { LogLine } from "../../../../src/shared/log";
import { analyzed, failed, noTags } from "../fixtures/someAnalysis";
import { makeFolder } from "../fixtures/someFiles";
import { databaseIn, openStore, putOne } from "../fixtures/someStore";

function folderOf(root: string): string {
  return dirname(databaseIn(root));
}

async function putMany(root: string, count: number): Promise<TrackStore> {
  const store = await openStore(root);
  const release = await store.lock();
  const comment = "word ".repeat(300);
  const puts = Array.from({ length: count }, (_, i) =>
    store.put({ analysis: analyzed(join(root, `${i}.mp3`), { tags: { ...noTags, comment } }), view: null }),
  );
  await Promise.all(puts);
  await release();
  return store;
}

async function asideOf(root: string, why: string): Promise<string> {
  const names = await readdir(folderOf(root));
  return join(folderOf(root), names.find((name) => name.startsWith(`library.sqlite.${why}-`)) ?? "none");
}

test("before a database is brought up to date it is copied, and the copy is as it was", async () => {
  const root = await makeFolder();
  const old = join(import.meta.dirname, "../../../fixtures/databases/version-1.sqlite");
  await mkdir(folderOf(root));
  await copyFile(old, databaseIn(root));
  await putOne(await openStore(root), analyzed(join(root, "new.mp3")));
  const [copy = ""] = await readdir(join(folderOf(root), "backups"));
  expect(copy).toMatch(/-library-migration\.sqlite$/);
  expect(await readFile(join(folderOf(root), "backups", copy))).toEqual(await readFile(old));
});

test("a copy made during a run opens with all that was kept by then, and the last five are kept", async () => {
  const root = await makeFolder();
  const store = await openStore(root);
  const release = await store.lock();
  const copies: (string | null)[] = [await store.backUp("import")];
  for (let i = 0; i < 7; i++) {
    await store.put({ analysis: analyzed(join(root, `${i}.mp3`)), view: null });
    copies.push(await store.backUp("import"));
  }
  await release();
  expect(copies[0]).toBeNull();
  const kept = (await readdir(join(folderOf(root), "backups"))).filter((name) => name.endsWith(".sqlite"));
  expect(kept).toHaveLength(5);
  for (const [i, copy] of copies.entries()) {
    if (i < 3 || copy === null) continue;
    const other = await openStore(root, copy);
    expect(other.count().analyzed).toBe(i);
  }
});

test("what a process that was killed left half written goes when the library is next written", async () => {
  const root = await makeFolder();
  await putOne(await openStore(root), analyzed(join(root, "a.mp3")));
  const backups = join(folderOf(root), "backups");
  await mkdir(backups);
  const copy = "2026-01-02T03-04-05.678Z-library-asked";
  const halves = [
    join(folderOf(root), "library.sqlite.123-4.tmp"),
    join(folderOf(root), "library.journal.123-1700000000000.tmp"),
    join(folderOf(root), "library.owner.json.123-4.tmp"),
    join(folderOf(root), "views", `${"a".repeat(64)}.bin.123-4.tmp`),
    join(backups, `${copy}.sqlite.123-4.tmp`),
    join(backups, `${copy}.journal.123-4.tmp`),
  ];
  const theirs = [join(folderOf(root), "notes.123-4.tmp"), join(backups, "song.mp3.123-4.tmp")];
  for (const path of [...halves, ...theirs]) await writeFile(path, "half");
  await putOne(await openStore(root), analyzed(join(root, "b.mp3")));
  const left = [...halves, ...theirs].filter((path) => existsSync(path));
  expect(left).toEqual(theirs);
});

test("a copy that was cut off has no name of a copy", async () => {
  const root = await makeFolder();
  await putOne(await openStore(root), analyzed(join(root, "a.mp3")));
  const names: string[] = [];
  const disk: Disk = {
    ...realDisk,
    copy: async (from, to) => {
      names.push(to);
      await realDisk.copy(from, to);
    },
    rename: async (from, to) => {
      if (to.includes("backups")) throw new Error("killed");
      await realDisk.rename(from, to);
    },
  };
  const files = new StoreFiles(databaseIn(root), disk);
  await expect(backUp(files, "asked")).rejects.toThrow("killed");
  expect(names.some((name) => /\.sqlite\.\d+-\d+\.tmp$/.test(name))).toBe(true);
  expect(await readdir(files.backups)).toEqual([]);
});

test("where the folder of the copies goes while one is made, there is none, and that is no library without a file", async () => {
  const root = await makeFolder();
  await putOne(await openStore(root), analyzed(join(root, "a.mp3")));
  const disk: Disk = {
    ...realDisk,
    rename: async (from, to) => {
      await rm(dirname(to), { recursive: true });
      await realDisk.rename(from, to);
    },
  };
  await expect(backUp(new StoreFiles(databaseIn(root), disk), "asked")).rejects.toThrow("ENOENT");
});

test("a copy's journal that was left alone goes with the next copy", async () => {
  const root = await makeFolder();
  const store = await openStore(root);
  await putOne(store, analyzed(join(root, "a.mp3")));
  const { backups } = new StoreFiles(databaseIn(root));
  await mkdir(backups);
  const alone = "2026-01-02T03-04-05.678Z-library-asked.journal";
  const theirs = "2026-01-02T03-04-05.678Z-other-asked.journal";
  for (const name of [alone, theirs]) await writeFile(join(backups, name), "");
  await store.backUp("asked");
  expect(await readdir(backups)).toContain(theirs);
  expect(await readdir(backups)).not.toContain(alone);
});

test("a copy stays when names of others say later times, and other databases' copies are left alone", async () => {
  const root = await makeFolder();
  await putOne(await openStore(root), analyzed(join(root, "a.mp3")));
  const backups = join(folderOf(root), "backups");
  await mkdir(backups);
  const later = [1, 2, 3, 4, 5].map((i) => `999${i}-01-01T00-00-00.000Z-library-asked.sqlite`);
  const others = [1, 2, 3, 4, 5].map((i) => `200${i}-01-01T00-00-00.000Z-other-asked.sqlite`);
  for (const name of [...later, ...others]) await writeFile(join(backups, name), "");
  const copy = await (await openStore(root)).backUp("asked");
  expect(await readFile(copy ?? "")).toEqual(await readFile(databaseIn(root)));
  const kept = (await readdir(backups)).filter((name) => name.endsWith(".sqlite"));
  expect(kept).toEqual(expect.arrayContaining(others));
  expect(kept).toHaveLength(10);
});

test("of a database with a damaged page all other rows are rescued, and the broken file is kept", async () => {
  const root = await makeFolder();
  await putMany(root, 80);
  const bytes = await readFile(databaseIn(root));
  // A page in the middle: rows of tracks.
  bytes.fill(
    0xff,
    bytes.length / 2 - ((bytes.length / 2) % 4096),
    bytes.length / 2 - ((bytes.length / 2) % 4096) + 4096,
  );
  await writeFile(databaseIn(root), bytes);
  expect(await (await openStore(root)).check()).toMatchObject({ isSound: false });
  // What makes it look at every page.
  await writeFile(join(folderOf(root), "library.journal"), "not a journal");
  const lines: LogLine[] = [];
  const log = (level: LogLine["level"], scope: string, message: string) =>
    lines.push({ level, scope, message });
  const store = await TrackStore.open({ database: databaseIn(root), root }, { user: "window", log });
  onTestFinished(() => {
    store.close();
  });
  await putOne(store, analyzed(join(root, "new.mp3")));
  const { analyzed: tracks } = store.count();
  expect(tracks).toBeGreaterThan(70);
  expect(lines.map(({ message }) => message).join("\n")).toMatch(/\d+ tracks could be read of it/);
  expect(await readFile(await asideOf(root, "broken"))).toEqual(bytes);
  const again = await openStore(root);
  expect(again.count().analyzed).toBe(tracks);
  expect(await again.check()).toEqual({ isSound: true, tracks, problems: [] });
});

test("of a database that was cut the rows before the cut are rescued, and its journal is applied on top", async () => {
  const root = await makeFolder();
  await putMany(root, 50);
  const store = await openStore(root);
  const release = await store.lock();
  await store.put({ analysis: analyzed(join(root, "late.mp3")), view: null });
  const journal = await readFile(join(folderOf(root), "library.journal"));
  await release();
  const left = await makeFolder();
  await mkdir(folderOf(left));
  const whole = await readFile(databaseIn(root));
  await writeFile(databaseIn(left), whole.subarray(0, Math.floor(whole.length * 0.8)));
  await writeFile(join(folderOf(left), "library.journal"), journal);
  const rescued = await openStore(left);
  await putOne(rescued, analyzed(join(left, "new.mp3")));
  expect(rescued.get(join(left, "late.mp3"))?.rhythm?.tempo).toBe(124);
  expect(rescued.count().analyzed).toBeGreaterThan(2);
  expect(await rescued.check()).toMatchObject({ isSound: true });
});

test("Compact makes the file smaller, sets the text search right, and keeps every result", async () => {
  const root = await makeFolder();
  const store = await putMany(root, 300);
  const release = await store.lock();
  await store.remove(Array.from({ length: 250 }, (_, i) => join(root, `${i}.mp3`)));
  await release();
  const { Database } = await initSqlJs();
  const other = new Database(await readFile(databaseIn(root)));
  other.run("DELETE FROM tracks_text_segdir; DELETE FROM tracks_text_segments");
  await writeFile(databaseIn(root), other.export());
  other.close();
  const fresh = await openStore(root);
  const before = [...fresh.all()];
  expect((await fresh.check()).problems).toEqual([expect.stringContaining("text search")]);
  expect(await fresh.compact()).toBeGreaterThan(100_000);
  expect(await fresh.check()).toEqual({ isSound: true, tracks: 50, problems: [] });
  expect([...(await openStore(root)).all()]).toStrictEqual(before);
});

test("failures are not forgotten where the database that a copy is to be made of was taken away", async () => {
  const root = await makeFolder();
  await putOne(await openStore(root), failed(join(root, "a.mp3")));
  const location = { database: databaseIn(root), root };
  const store = await SharedStore.open(location, { user: "window" });
  onTestFinished(() => store.close());
  await rm(databaseIn(root));
  await expect(maintain(store, "forgetFailures")).rejects.toMatchObject({
    code: "cannotRead",
    message: expect.stringContaining("Nothing was forgotten") as string,
  });
});

test("views that no result names go, then those that were longest not used", async () => {
  const root = await makeFolder();
  const store = await openStore(root);
  const digits = ["1", "2", "3"];
  for (const digit of digits) {
    const file = { size: 1, modified: 1, sha256: digit.repeat(64) };
    await putOne(store, analyzed(join(root, `${digit}.mp3`), { file }));
  }
  const files = new StoreFiles(databaseIn(root));
  await writeFile(files.view("4".repeat(64)) ?? "", "x");
  await writeFile(join(files.views, "mine.bin"), "x");
  for (const digit of [...digits, "4"]) {
    const longAgo = Date.now() / 1000 - 1000 * Number(digit);
    await utimes(files.view(digit.repeat(64)) ?? "", longAgo, longAgo);
  }
  await writeFile(files.view("5".repeat(64)) ?? "", "just made");
  expect(await cleanViews(files, () => store.database, 2)).toBe(2);
  const left = ["1", "2", "5"].map((digit) => `${digit.repeat(64)}.bin`);
  expect((await readdir(files.views)).sort()).toEqual([...left, "mine.bin"]);
});
