/** What real disks and other programs do to a store: full, read-only, changed under its hands. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import initSqlJs from "sql.js";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { TrackStore } from "../../../../src/library/store/TrackStore";
import type { LogLine } from "../../../../src/shared/log";
import { bundle } from "../fixtures/bundle";
import type { Limited } from "../fixtures/limitedWriter";
import { analyzed } from "../fixtures/someAnalysis";
import { makeFolder, makeSharedFolder } from "../fixtures/someFiles";
import { databaseIn, openStore, putOne } from "../fixtures/someStore";

let script = "";

beforeAll(async () => {
  const folder = await makeSharedFolder();
  script = await bundle(join(import.meta.dirname, "../fixtures/limitedWriter.ts"), folder);
  // It may run as another user.
  await chmod(folder, 0o755);
});

/** A folder that anyone may write. */
async function makeOpenFolder(): Promise<string> {
  const root = await makeFolder();
  await chmod(root, 0o777);
  return root;
}

/** `kilobytes` is what a file may have at most. */
function write(root: string, most: number, kilobytes?: number): Limited {
  const limit = kilobytes === undefined ? "" : `ulimit -f ${kilobytes};`;
  const command = `${limit} exec "$0" "$@"`;
  const args = ["-c", command, process.execPath, script, root, String(most)];
  return JSON.parse(execFileSync("bash", args, { encoding: "utf8" })) as Limited;
}

/** How a small disk may be had for one process and its children: as root, or as root of a namespace of one's own. */
const NAMESPACES = [
  ["unshare", "--mount"],
  ["unshare", "--map-root-user", "--mount"],
];
/** The folders, a database and some dozen results fit, all of them do not. */
const SMALL_DISK_KB = 500;

/**
 * Runs writers one after the other, each to put so many results, with a small disk in the folder's place that is made
 * large before the last; what each said, or null where no such disk is to be had.
 */
function writeOnSmallDisk(root: string, mosts: readonly number[]): Limited[] | null {
  const steps = mosts.map((most, i) => {
    const room = i === mosts.length - 1 ? `mount -o remount,size=64m "$2"\n` : "";
    return `${room}"$0" "$1" "$2" ${most}; echo`;
  });
  const mount = `mount -t tmpfs -o size=${SMALL_DISK_KB}k,mode=777 tmpfs "$2" || exit 1`;
  const commands = [mount, "trap 'exit 2' ERR", ...steps].join("\n");
  for (const [unshare = "", ...flags] of NAMESPACES) {
    const args = [...flags, "bash", "-c", commands, process.execPath, script, root];
    const { status, stdout, stderr } = spawnSync(unshare, args, { encoding: "utf8" });
    if (status === 0)
      return stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Limited);
    if (status === 2) throw new Error(stderr);
  }
  return null;
}

/** The same with a limit on the size of files for a full disk. */
function writeUnderLimit(root: string, mosts: readonly number[]): Limited[] {
  console.warn("No small disk can be mounted here: a limit on the size of files stands for a full one.");
  return mosts.map((most, i) => write(root, most, i === mosts.length - 1 ? undefined : 300));
}

describe.skipIf(process.platform === "win32")("on a disk", () => {
  test(
    "that is small and fills up for real, nothing that was told is lost, and all goes on when it is larger",
    { timeout: 120_000 },
    async () => {
      const root = await makeOpenFolder();
      const mosts = [2000, 0, 200];
      const [full, again, larger] = writeOnSmallDisk(root, mosts) ?? writeUnderLimit(root, mosts);
      expect(full?.kept).toBeGreaterThan(10);
      expect(full?.kept).toBeLessThan(200);
      expect(full?.refusal).toMatchObject({
        code: "cannotWrite",
        message: expect.stringMatching(/ENOSPC|EFBIG/) as string,
      });
      expect(full?.refusal?.message).toContain("Free some space");
      // By another process, from what is on the full disk.
      expect(again?.readable).toBeGreaterThanOrEqual(full?.kept ?? Infinity);
      expect(larger).toMatchObject({ kept: 200, refusal: null, readable: 200 });
    },
  );

  test("that is full, what was kept stays, the reason is told, and all goes on when there is space", async () => {
    const root = await makeOpenFolder();
    const full = write(root, 2000, 300);
    expect(full.kept).toBeGreaterThan(10);
    expect(full.kept).toBeLessThan(2000);
    expect(full.refusal).toMatchObject({
      code: "cannotWrite",
      message: expect.stringContaining("Free some space") as string,
    });
    expect(full.readable).toBeGreaterThanOrEqual(full.kept);
    const store = await openStore(root);
    for (let i = 0; i < full.kept; i++) expect(store.getRow(join(root, `${i}.mp3`))).not.toBeNull();
    expect(write(root, full.kept + 5).kept).toBe(full.kept + 5);
    expect(await (await openStore(root)).check()).toMatchObject({ isSound: true });
  });

  test("where nothing may be written, results are read, and writing is refused with what to do", async () => {
    const root = await makeOpenFolder();
    expect(write(root, 3).kept).toBe(3);
    await chmod(join(root, ".playlista"), 0o555);
    const refused = write(root, 4);
    await chmod(join(root, ".playlista"), 0o755);
    expect(refused).toMatchObject({ kept: 0, readable: 3, refusal: { code: "readOnly" } });
    expect(refused.refusal?.message).toContain("Allow Playlista to write there");
  });

  test("that is read-only, a folder without a library is told apart from a disk that fails", async () => {
    const root = await makeOpenFolder();
    await chmod(root, 0o555);
    expect(write(root, 1)).toMatchObject({ kept: 0, readable: 0, refusal: { code: "readOnly" } });
    expect(await readdir(root)).toEqual([]);
  });
});

interface Held {
  root: string;
  store: TrackStore;
  lines: LogLine[];
  release: () => Promise<void>;
}

/** A store with a result in its database file and one in its journal, the lock held. */
async function held(): Promise<Held> {
  const root = await makeFolder();
  await putOne(await openStore(root), analyzed(join(root, "base.mp3")));
  const lines: LogLine[] = [];
  const log = (level: LogLine["level"], scope: string, message: string) =>
    lines.push({ level, scope, message });
  const store = await TrackStore.open({ database: databaseIn(root), root }, { user: "window", log });
  onTestFinished(() => {
    store.close();
  });
  const release = await store.lock();
  await store.put({ analysis: analyzed(join(root, "journal.mp3")), view: null });
  return { root, store, lines, release };
}

async function putAfter({ root, store, release }: Held): Promise<string[]> {
  await store.put({ analysis: analyzed(join(root, "after.mp3")), view: null });
  await release();
  return [...(await openStore(root)).all()].map(({ path }) => path.slice(root.length + 1));
}

async function aside(root: string): Promise<string[]> {
  return (await readdir(join(root, ".playlista"))).filter((name) => name.includes(".replaced-"));
}

describe("while it is open, a database file", () => {
  test("that another tool has edited keeps its edits and our results", async () => {
    const open = await held();
    const { Database } = await initSqlJs();
    const other = new Database(await readFile(databaseIn(open.root)));
    other.run("UPDATE tracks SET tags_title = 'edited' WHERE path = 'base.mp3'");
    await writeFile(databaseIn(open.root), other.export());
    expect(await putAfter(open)).toEqual(["after.mp3", "base.mp3", "journal.mp3"]);
    const { database } = await openStore(open.root);
    expect(database.exec("SELECT tags_title FROM tracks WHERE path = 'base.mp3'")[0]?.values).toEqual([
      ["edited"],
    ]);
    expect(open.lines.map(({ message }) => message).join()).toContain("its changes are kept as well");
  });

  test("from which another tool has taken a column has it again before anything is written to the journal", async () => {
    const open = await held();
    const { Database } = await initSqlJs();
    const other = new Database(await readFile(databaseIn(open.root)));
    other.run("DROP INDEX tracks_of_spectral; ALTER TABLE tracks DROP COLUMN spectral_flux_std");
    await writeFile(databaseIn(open.root), other.export());
    const after = analyzed(join(open.root, "after.mp3"));
    await open.store.put({ analysis: after, view: null });
    // As a crash would leave it.
    const kept = (await openStore(open.root)).get(after.path);
    await open.release();
    expect(after.spectral?.flux?.std).toBeTypeOf("number");
    expect(kept?.spectral?.flux?.std).toBe(after.spectral?.flux?.std);
  });

  test("that was replaced by another library's is kept aside, and ours is written anew", async () => {
    const open = await held();
    const elsewhere = await makeFolder();
    await putOne(await openStore(elsewhere), analyzed(join(elsewhere, "theirs.mp3")));
    await copyFile(databaseIn(elsewhere), databaseIn(open.root));
    expect(await putAfter(open)).toEqual(["after.mp3", "base.mp3", "journal.mp3"]);
    const [name = ""] = await aside(open.root);
    expect(await readFile(join(open.root, ".playlista", name))).toEqual(
      await readFile(databaseIn(elsewhere)),
    );
    expect(open.lines.map(({ message }) => message).join()).toContain(name);
  });

  test("that was removed is written anew, as is a journal", async () => {
    const open = await held();
    await rm(databaseIn(open.root));
    await rm(join(open.root, ".playlista", "library.journal"));
    expect(await putAfter(open)).toEqual(["after.mp3", "base.mp3", "journal.mp3"]);
    expect(await aside(open.root)).toEqual([]);
  });

  test("whose journal was changed loses nothing of either", async () => {
    const open = await held();
    await writeFile(join(open.root, ".playlista", "library.journal"), "theirs");
    expect(await putAfter(open)).toEqual(["after.mp3", "base.mp3", "journal.mp3"]);
    const [name = ""] = await aside(open.root);
    expect(await readFile(join(open.root, ".playlista", name), "utf8")).toBe("theirs");
  });
});

test("a folder in the place of the backups is used, a link out of it is not", async () => {
  const root = await makeFolder();
  await mkdir(join(root, ".playlista", "backups"), { recursive: true });
  await putOne(await openStore(root), analyzed(join(root, "a.mp3")));
  expect(await (await openStore(root)).backUp("asked")).toContain("backups");
});
