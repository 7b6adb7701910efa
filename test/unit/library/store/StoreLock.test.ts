/** One writer at a time among real processes, and what a killed one leaves behind. */
import { fork, type ChildProcess } from "node:child_process";
import { lutimes, mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { StoreFiles } from "../../../../src/library/store/StoreFiles";
import { lookAtLock, StoreLock } from "../../../../src/library/store/StoreLock";
import { TrackStore } from "../../../../src/library/store/TrackStore";
import { bundle } from "../fixtures/bundle";
import { analyzed } from "../fixtures/someAnalysis";
import { makeFolder, makeSharedFolder } from "../fixtures/someFiles";
import type { Said } from "../fixtures/storeProcess";

let script = "";

beforeAll(async () => {
  script = await bundle(join(import.meta.dirname, "../fixtures/storeProcess.ts"), await makeSharedFolder());
});

class Writer {
  readonly child: ChildProcess;
  readonly said: Said[] = [];

  constructor(root: string, ...names: string[]) {
    this.child = fork(script, [root, ...names]);
    this.child.on("message", (message) => this.said.push(message as Said));
    onTestFinished(() => void this.child.kill("SIGKILL"));
  }

  async hears(type: Said["type"]): Promise<Said> {
    for (;;) {
      const said = this.said.find((message) => message.type === type);
      if (said) return said;
      await new Promise((resolve) => this.child.once("message", resolve));
    }
  }

  async end(how: "kill" | "release"): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    if (how === "kill") this.child.kill("SIGKILL");
    else this.child.send("release");
    await ended;
  }
}

/** A note of another host's process. */
const note = {
  pid: 999999999,
  host: "elsewhere",
  pidNamespace: "",
  what: "window",
  since: "2026-01-02T03:04:05.678Z",
  token: "x",
  lockFolder: "1 1",
};

function locationIn(root: string): { database: string; root: string } {
  return { database: join(root, ".playlista", "library.sqlite"), root };
}

async function openStore(root: string): Promise<TrackStore> {
  const store = await TrackStore.open(locationIn(root), { user: "window" });
  onTestFinished(() => {
    store.close();
  });
  return store;
}

test("a result that was acknowledged is on disk when the process is killed right after", async () => {
  const root = await makeFolder();
  const writer = new Writer(root, "a.mp3", "b.mp3");
  await writer.hears("durable");
  await writer.end("kill");
  const acknowledged = writer.said
    .filter(({ type }) => type === "durable")
    .map(({ text }) => join(root, text ?? ""));
  const store = await openStore(root);
  expect(acknowledged.length).toBeGreaterThan(0);
  for (const path of acknowledged) expect(store.get(path)).toStrictEqual(analyzed(path));
});

test("a second process waits, says who has the database, and goes on with what the first has written", async () => {
  const root = await makeFolder();
  const first = new Writer(root, "a.mp3");
  await first.hears("durable");
  const second = new Writer(root, "b.mp3");
  const { text } = await second.hears("waiting");
  expect(text).toBe(`the command line (process ${String(first.child.pid)})`);
  expect(second.said.map(({ type }) => type)).not.toContain("locked");
  await first.end("release");
  await second.hears("durable");
  await second.end("release");
  expect([...(await openStore(root)).all()].map(({ path }) => path)).toEqual([
    join(root, "a.mp3"),
    join(root, "b.mp3"),
  ]);
});

test("the lock of a killed process is taken over at once, with its leftovers", async () => {
  const root = await makeFolder();
  const writer = new Writer(root, "a.mp3");
  await writer.hears("durable");
  await writer.end("kill");
  const folder = join(root, ".playlista");
  await writeFile(join(folder, "library.sqlite.123-4.tmp"), "half a database");
  await writeFile(join(folder, "views", `${"a".repeat(64)}.bin.123-5.tmp`), "half a waveform");
  const store = await openStore(root);
  const waited: unknown[] = [];
  const release = await store.lock({ onWaiting: (holder) => waited.push(holder) });
  expect(waited).toEqual([null]);
  await release();
  expect((await readdir(folder)).sort()).toEqual([".gitignore", "library.sqlite", "views"]);
  expect(await readdir(join(folder, "views"))).toEqual([]);
});

test("of many processes that write in turn, some killed on the way, no acknowledged result is lost", async () => {
  const root = await makeFolder();
  const writers = [1, 2, 3, 4].map((number) => new Writer(root, `${number}-a.mp3`, `${number}-b.mp3`));
  await Promise.all(
    writers.map(async (writer, index) => {
      await writer.hears("durable");
      await writer.end(index % 2 === 0 ? "kill" : "release");
    }),
  );
  const told = writers.flatMap(({ said }) => said.filter(({ type }) => type === "durable"));
  const store = await openStore(root);
  expect(told.filter(({ text }) => store.get(join(root, text ?? "")) === null)).toEqual([]);
  expect(told.length).toBeGreaterThanOrEqual(4);
});

test("a waiting can be given up", async () => {
  const root = await makeFolder();
  await new Writer(root).hears("locked");
  const cancel = new AbortController();
  const store = await openStore(root);
  const waiting = store.lock({
    onWaiting: () => {
      cancel.abort();
    },
    signal: cancel.signal,
  });
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
});

test("runs of one process share the lock, and the last one gives it back", async () => {
  const root = await makeFolder();
  const store = await openStore(root);
  const releases = await Promise.all([store.lock(), store.lock()]);
  await releases[0]();
  await store.put({ analysis: analyzed(join(root, "a.mp3")), view: null });
  await releases[1]();
  await releases[1]();
  await expect(store.put({ analysis: analyzed(join(root, "b.mp3")), view: null })).rejects.toMatchObject({
    code: "lockLost",
  });
  await (
    await store.lock()
  )();
});

test("a process that was overtaken while it slept writes nothing more", async () => {
  const root = await makeFolder();
  const store = await openStore(root);
  const release = await store.lock();
  await store.put({ analysis: analyzed(join(root, "a.mp3")), view: null });
  const { database, owner } = new StoreFiles(locationIn(root).database);
  const before = await readFile(database);
  await writeFile(owner, JSON.stringify({ pid: process.pid, host: hostname(), token: "another's" }));
  const late = store.put({ analysis: analyzed(join(root, "late.mp3")), view: null });
  await expect(late).rejects.toMatchObject({ name: "StoreError", code: "lockLost" });
  await release();
  expect(await readFile(database)).toEqual(before);
  expect(await store.refresh()).toBe(true);
  expect(store.get(join(root, "late.mp3"))).toBeNull();
  await rm(join(root, ".playlista", "library.lock"), { recursive: true });
});

test.each([
  {
    who: "of another host",
    owner: note,
    name: "a VS Code window (process 999999999 on elsewhere)",
  },
  { who: "without a note", owner: null, name: "another process" },
])("a fresh lock $who is respected, an old one is not", async ({ owner, name }) => {
  const root = await makeFolder();
  const files = new StoreFiles(locationIn(root).database);
  await mkdir(files.lock, { recursive: true });
  if (owner) await writeFile(files.owner, JSON.stringify({ ...note, ...owner }));
  const lock = new StoreLock(files, { user: "window" });
  expect(await lock.tryAcquire()).toBe(name);
  const longAgo = Date.now() / 1000 - 60;
  await utimes(files.lock, longAgo, longAgo);
  expect(await lock.tryAcquire()).toBeNull();
  await lock.release();
  expect(await readdir(join(root, ".playlista"))).toEqual([]);
});

/** As if so many seconds had passed, to whoever does not ask what time it is. */
function letPass(seconds: number): void {
  const now = performance.now();
  const clock = vi.spyOn(performance, "now").mockReturnValue(now + 1000 * seconds);
  onTestFinished(() => {
    clock.mockRestore();
  });
}

test("a lock from a clock that is ahead is respected while it has a heartbeat, and no longer", async () => {
  const root = await makeFolder();
  const files = new StoreFiles(locationIn(root).database);
  const nextYear = Date.now() / 1000 + 365 * 86_400;
  await mkdir(files.lock, { recursive: true });
  await writeFile(files.owner, JSON.stringify(note));
  const lock = new StoreLock(files, { user: "window" });
  for (const heartbeat of [0, 5, 10]) {
    await utimes(files.lock, nextYear + heartbeat, nextYear + heartbeat);
    expect(await lock.tryAcquire()).toBe("a VS Code window (process 999999999 on elsewhere)");
    letPass(11);
  }
  expect(await lookAtLock(files)).toMatchObject({ mayBeFree: true });
  expect(await lock.tryAcquire()).toBeNull();
  await lock.release();
  expect(await readdir(join(root, ".playlista"))).toEqual([]);
});

test("a second lock from a clock that is ahead does not keep the first for ever", async () => {
  const root = await makeFolder();
  const files = new StoreFiles(locationIn(root).database);
  const nextYear = Date.now() / 1000 + 365 * 86_400;
  for (const path of [files.lock, `${files.owner}.lock`]) {
    await mkdir(path, { recursive: true });
    await utimes(path, nextYear, nextYear);
  }
  const lock = new StoreLock(files, { user: "window" });
  let attempts = 0;
  for (; (await lock.tryAcquire()) !== null && attempts < 10; attempts++) letPass(11);
  expect(attempts).toBeLessThan(10);
  await lock.release();
  expect(await readdir(join(root, ".playlista"))).toEqual([]);
});

test.each([
  { pid: "1; ls" },
  { pid: -1 },
  { host: "\u001b]0;title\u0007" },
  { host: "safe\u202Egpj.exe" },
  { host: ["x"] },
  { what: "<b>" },
  { socket: "../../run/docker.sock" },
])("what a note says is told only when it is as we write it (%j)", async (change) => {
  const root = await makeFolder();
  const files = new StoreFiles(locationIn(root).database);
  await mkdir(files.lock, { recursive: true });
  await writeFile(files.owner, JSON.stringify({ ...note, ...change }));
  expect(await new StoreLock(files, { user: "window" }).tryAcquire()).toBe("another process");
});

test.each([
  ["a file", (path: string) => writeFile(path, "")],
  ["a link into nothing", (path: string) => symlink("nowhere", path)],
  ["a link to a folder", (path: string) => symlink(".", path)],
  ["a folder that is not empty", (path: string) => mkdir(join(path, "inside"), { recursive: true })],
])("%s in the place of the lock is named, with what to do about it", async (_, put) => {
  const root = await makeFolder();
  const { lock, folder } = new StoreFiles(locationIn(root).database);
  await mkdir(folder);
  await put(lock);
  const longAgo = Date.now() / 1000 - 60;
  await lutimes(lock, longAgo, longAgo);
  await utimes(folder, longAgo, longAgo);
  const store = await openStore(root);
  await expect(store.lock()).rejects.toMatchObject({
    name: "StoreError",
    code: "cannotWrite",
    message: expect.stringContaining(lock) as string,
  });
});

test("a folder with something in it and a time to come, in the place of the lock, is left and named", async () => {
  const root = await makeFolder();
  const files = new StoreFiles(locationIn(root).database);
  await mkdir(join(files.lock, "inside"), { recursive: true });
  const nextYear = Date.now() / 1000 + 365 * 86_400;
  await utimes(files.lock, nextYear, nextYear);
  const lock = new StoreLock(files, { user: "window" });
  expect(await lock.tryAcquire()).toBe("another process");
  letPass(11);
  await expect(lock.tryAcquire()).rejects.toMatchObject({ code: "cannotWrite" });
  expect(await readdir(files.lock)).toEqual(["inside"]);
});

test("what someone put into the lock during a run is named, and what the run kept is on disk", async () => {
  const root = await makeFolder();
  const store = await openStore(root);
  const release = await store.lock();
  const { lock } = new StoreFiles(locationIn(root).database);
  await writeFile(join(lock, ".DS_Store"), "");
  await store.put({ analysis: analyzed(join(root, "a.mp3")), view: null });
  await expect(release()).rejects.toMatchObject({
    code: "cannotWrite",
    message: expect.stringContaining(lock) as string,
  });
  expect((await openStore(root)).get(join(root, "a.mp3"))).not.toBeNull();
});

test("an endless file in the place of the owner's note is not read", async () => {
  const root = await makeFolder();
  const files = new StoreFiles(locationIn(root).database);
  await mkdir(files.lock, { recursive: true });
  await symlink("/dev/zero", files.owner);
  expect(await new StoreLock(files, { user: "window" }).tryAcquire()).toBe("another process");
});
