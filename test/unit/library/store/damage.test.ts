/** A damaged page that shows only when it is read: told with what to do, and healed by whatever writes. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import initSqlJs from "sql.js";
import { expect, onTestFinished, test } from "vitest";
import { SharedStore } from "../../../../src/library/store/sharing/SharedStore";
import { analyzed } from "../fixtures/someAnalysis";
import { makeFolder } from "../fixtures/someFiles";
import { databaseIn, openStore } from "../fixtures/someStore";

const NAMES = Array.from({ length: 40 }, (_, i) => `${String(i).padStart(2, "0")}.mp3`);

/** A library of many tracks, the first of which lie in a page that is nothing any more. */
async function damagedLibrary(): Promise<{ root: string; store: SharedStore }> {
  const root = await makeFolder();
  const before = await openStore(root);
  const release = await before.lock();
  await Promise.all(NAMES.map((name) => before.put({ analysis: analyzed(join(root, name)), view: null })));
  await release();
  const bytes = await readFile(databaseIn(root));
  const database = new (await initSqlJs()).Database(bytes);
  const [found] = database.exec("SELECT rootpage FROM sqlite_schema WHERE name = 'tracks'");
  database.close();
  const size = bytes.readUInt16BE(16);
  const tree = bytes.subarray((Number(found?.values[0]?.[0]) - 1) * size);
  const firstLeaf = tree.readUInt32BE(tree.readUInt16BE(12));
  bytes.fill(0, (firstLeaf - 1) * size, firstLeaf * size);
  await writeFile(databaseIn(root), bytes);
  const store = await SharedStore.open({ database: databaseIn(root), root }, { user: "window" });
  onTestFinished(() => store.close());
  return { root, store };
}

async function keptAside(root: string): Promise<number> {
  return (await readdir(join(root, ".playlista"))).filter((name) => name.includes(".broken-")).length;
}

test("who reads it is told what to do, and doing so brings back all but that page", async () => {
  const { root, store } = await damagedLibrary();
  await expect(store.get(join(root, "00.mp3"))).rejects.toMatchObject({
    name: "StoreError",
    code: "cannotRead",
    message: expect.stringMatching(/library\.sqlite is damaged .*Compact the library/) as string,
  });
  expect(await keptAside(root)).toBe(0);
  await store.compact();
  expect(await keptAside(root)).toBe(1);
  expect(await store.get(join(root, "00.mp3"))).toBeNull();
  expect(await store.get(join(root, "39.mp3"))).toMatchObject({ state: "analyzed" });
  expect((await store.count()).analyzed).toBeGreaterThan(NAMES.length / 2);
  expect(await store.check()).toMatchObject({ isSound: true });
});

test("a run that meets it goes on in a new database with what could be read", async () => {
  const { root, store } = await damagedLibrary();
  const end = await store.beginWriting();
  await store.put({ analysis: analyzed(join(root, "new.mp3")), view: null });
  await store.put({ analysis: analyzed(join(root, "00.mp3")), view: null });
  await end();
  expect(await keptAside(root)).toBe(1);
  const after = await openStore(root);
  for (const name of ["new.mp3", "00.mp3", "39.mp3"]) expect(after.get(join(root, name))).not.toBeNull();
});

test("a check finds it, and says the same", async () => {
  const { root, store } = await damagedLibrary();
  const { isSound, problems } = await store.check();
  expect(isSound).toBe(false);
  expect(problems.join()).toContain("Compact the library");
  await store.remove([join(root, "39.mp3")]);
  expect(await keptAside(root)).toBe(1);
  expect(await store.check()).toMatchObject({ isSound: true });
});
