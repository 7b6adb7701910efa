/** What happens while a database is read again: a slow disk must not bring back what was before. */
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type * as LoadDatabase from "../../../../src/library/store/loadDatabase";
import { TrackStore } from "../../../../src/library/store/TrackStore";
import { analyzed } from "../fixtures/someAnalysis";
import { makeFolder } from "../fixtures/someFiles";

/** Held readings: each has read its bytes and waits to hand them over. */
const disk = vi.hoisted(() => ({ isSlow: false, held: [] as (() => void)[] }));

vi.mock("../../../../src/library/store/loadDatabase.ts", async (original) => {
  const real = await original<typeof LoadDatabase>();
  return {
    ...real,
    loadDatabase: async (path: string) => {
      const loaded = await real.loadDatabase(path);
      if (disk.isSlow) await new Promise<void>((resolve) => disk.held.push(resolve));
      return loaded;
    },
  };
});

async function openStore(root: string): Promise<TrackStore> {
  const database = join(root, ".playlista", "library.sqlite");
  const store = await TrackStore.open({ database, root }, { user: "window" });
  onTestFinished(() => {
    store.close();
  });
  return store;
}

async function keep(store: TrackStore, path: string): Promise<void> {
  const release = await store.lock();
  await store.put({ analysis: analyzed(path), view: null }).finally(release);
}

/** A refresh that has read the file but not yet taken it over. */
async function slowRefresh(store: TrackStore): Promise<{ end: () => Promise<boolean> }> {
  disk.isSlow = true;
  const refreshed = store.refresh();
  await vi.waitFor(() => {
    expect(disk.held).toHaveLength(1);
  });
  disk.isSlow = false;
  return {
    end: () => {
      for (const release of disk.held.splice(0)) release();
      return refreshed;
    },
  };
}

test.each(["while the run goes on", "after the run"])(
  "what a run keeps stays when a refresh that began before it ends %s",
  async (when) => {
    const root = await makeFolder();
    const [foreign, mine, next] = ["foreign.mp3", "mine.mp3", "next.mp3"].map((name) => join(root, name));
    const [other, store] = [await openStore(root), await openStore(root)];
    await keep(other, foreign ?? "");
    const refresh = await slowRefresh(store);
    const release = await store.lock();
    await store.put({ analysis: analyzed(mine ?? ""), view: null });
    if (when === "after the run") await release();
    expect(await refresh.end()).toBe(false);
    await release();
    await keep(store, next ?? "");
    const paths = [...(await openStore(root)).all()].map(({ path }) => path);
    expect(paths.sort()).toEqual([foreign, mine, next]);
  },
);

test("a slow refresh does not bring back what a later one has replaced", async () => {
  const root = await makeFolder();
  const [one, two] = [join(root, "1.mp3"), join(root, "2.mp3")];
  const [other, store] = [await openStore(root), await openStore(root)];
  await keep(other, one);
  const refresh = await slowRefresh(store);
  await keep(other, two);
  expect(await store.refresh()).toBe(true);
  await refresh.end();
  expect(store.get(two)).not.toBeNull();
});

test("who does not want to wait for another process is told who it is", async () => {
  const root = await makeFolder();
  const [other, store] = [await openStore(root), await openStore(root)];
  const release = await other.lock();
  await expect(store.lock({ limitMs: 0 })).rejects.toMatchObject({
    code: "inUse",
    message: expect.stringContaining(`a VS Code window (process ${process.pid})`) as string,
  });
  await release();
  await (
    await store.lock({ limitMs: 0 })
  )();
});
