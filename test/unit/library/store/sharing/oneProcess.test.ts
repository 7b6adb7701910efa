/** The owner and a client within one process: what can't be met by chance when they are processes of their own. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { OwnerSeat } from "../../../../../src/library/store/sharing/OwnerSeat";
import { SharedStore } from "../../../../../src/library/store/sharing/SharedStore";
import { MAX_QUESTION_BYTES } from "../../../../../src/library/store/sharing/wire";
import type { Analysis } from "../../../../../src/shared/analysis";
import { analyzed, failed } from "../../fixtures/someAnalysis";
import { makeFolder } from "../../fixtures/someFiles";
import { databaseIn } from "../../fixtures/someStore";

const OVER_A_MINUTE_MS = 70_000;

afterEach(() => {
  vi.useRealTimers();
});

async function open(root: string): Promise<SharedStore> {
  const store = await SharedStore.open({ database: databaseIn(root), root }, { user: "window" });
  onTestFinished(() => store.close());
  store.onDidChange(() => undefined);
  return store;
}

async function put(store: SharedStore, name: string): Promise<void> {
  const end = await store.beginWriting();
  await store.put({ analysis: analyzed(join(store.location.root, name)), view: null });
  await end();
}

function isOwned(root: string): boolean {
  return existsSync(join(root, ".playlista", "library.owner.json"));
}

async function namesIn(store: SharedStore): Promise<string[]> {
  const names = [];
  for await (const { path } of store.all()) names.push(path.slice(store.location.root.length + 1));
  return names;
}

function later(analysis: Analysis): Analysis {
  return { ...analysis, timing: { ...analysis.timing, analyzedAt: "2027-01-02T03:04:05.678Z" } };
}

test("a result that is asked for again after its owner went counts as one attempt, a later one as another", async () => {
  const root = await makeFolder();
  const seat = await OwnerSeat.take({
    ...{ location: { database: databaseIn(root), root }, user: "window" },
    ...{ log: () => undefined, onChange: () => undefined },
  });
  onTestFinished(() => seat.close());
  const first = { analysis: failed(join(root, "a.mp3")), view: null };
  const next = { ...first, analysis: later(first.analysis) };
  const kept = [await seat.put(first, false), await seat.put(first, true), await seat.put(next, true)];
  expect(kept.map(({ error }) => error?.attempts)).toEqual([1, 1, 2]);
  expect(await seat.ask("get", [first.analysis.path])).toEqual(kept[2]);
});

test("an owner that nobody uses for a minute lets go and still reads; it can own again", async () => {
  vi.useFakeTimers({ toFake: ["performance", "setInterval", "clearInterval"] });
  const root = await makeFolder();
  const store = await open(root);
  await put(store, "a.mp3");
  expect(isOwned(root)).toBe(true);
  vi.advanceTimersByTime(OVER_A_MINUTE_MS);
  await expect.poll(() => isOwned(root)).toBe(false);
  expect(await namesIn(store)).toEqual(["a.mp3"]);
  await put(store, "b.mp3");
  expect([isOwned(root), await namesIn(store)]).toEqual([true, ["a.mp3", "b.mp3"]]);
});

test("an owner stays while it has a client, however long nothing is written", async () => {
  vi.useFakeTimers({ toFake: ["performance", "setInterval", "clearInterval"] });
  const root = await makeFolder();
  const store = await open(root);
  await put(store, "a.mp3");
  const client = await open(root);
  await put(client, "b.mp3");
  for (let minute = 0; minute < 3; minute++) {
    vi.advanceTimersByTime(OVER_A_MINUTE_MS);
    await client.refresh();
    expect(await namesIn(client)).toEqual(["a.mp3", "b.mp3"]);
    expect(isOwned(root)).toBe(true);
  }
  await client.close();
  await expect
    .poll(() => {
      vi.advanceTimersByTime(OVER_A_MINUTE_MS);
      return isOwned(root);
    })
    .toBe(false);
});

test("a question too large for the owner is refused to who asks it, and the next one is answered", async () => {
  const root = await makeFolder();
  await put(await open(root), "a.mp3");
  const client = await open(root);
  await expect(client.known(["x".repeat(MAX_QUESTION_BYTES)])).rejects.toThrow(
    "more than the library's owner",
  );
  expect(await client.known([join(root, "a.mp3")])).toHaveLength(1);
});
