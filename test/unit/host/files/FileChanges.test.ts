/** What follows when files come, change or go. */
import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FileChanges } from "../../../../src/host/files/FileChanges";
import type { OnChange } from "../../../../src/host/manifest";
import { makeFolder } from "../../library/fixtures/someFiles";

let setting: OnChange;
let looked: string[][];
let analyzed: string[][];
let changes: FileChanges;

beforeEach(() => {
  vi.useFakeTimers();
  setting = "nothing";
  looked = [];
  analyzed = [];
  changes = new FileChanges({
    onChangeOf: () => setting,
    look: (paths) => looked.push(paths),
    analyze: (paths) => analyzed.push(paths),
    quietMs: 100,
    longestMs: 1000,
  });
});
afterEach(() => {
  changes.dispose();
  vi.useRealTimers();
});

test("without the user's word files are looked at, and nothing is analyzed", () => {
  changes.add("/a.mp3", "there");
  changes.add("/b.mp3", "gone");
  vi.advanceTimersByTime(100);
  expect([looked, analyzed]).toEqual([[["/a.mp3", "/b.mp3"]], []]);
});

test("by the setting new and changed files are analyzed, and not those that went", () => {
  setting = "analyze";
  changes.add("/new.mp3", "there");
  changes.add("/gone.mp3", "there");
  changes.add("/gone.mp3", "gone");
  vi.advanceTimersByTime(100);
  expect(analyzed).toEqual([["/new.mp3"]]);
});

test("a change of the setting counts from the next change of a file on", () => {
  changes.add("/1.mp3", "there");
  vi.advanceTimersByTime(100);
  setting = "analyze";
  changes.add("/2.mp3", "there");
  vi.advanceTimersByTime(100);
  setting = "nothing";
  changes.add("/3.mp3", "there");
  vi.advanceTimersByTime(100);
  expect(analyzed).toEqual([["/2.mp3"]]);
  expect(looked).toHaveLength(3);
});

test("thousands of changes are one, once it is quiet", () => {
  for (let i = 0; i < 5000; i++) changes.add(`/${i % 2500}.mp3`, "there");
  expect(looked).toEqual([]);
  vi.advanceTimersByTime(99);
  changes.add("/last.mp3", "there");
  vi.advanceTimersByTime(99);
  expect(looked).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(looked).toHaveLength(1);
  expect(looked[0]).toHaveLength(2501);
});

test("a folder that came as a whole is looked through as files are, what else was made is not", async () => {
  setting = "analyze";
  const root = await makeFolder();
  await mkdir(join(root, "Vol. 1"));
  await writeFile(join(root, "notes.txt"), "");
  for (const name of ["Vol. 1", "notes.txt", "gone again"]) changes.add(join(root, name), "made");
  changes.add("/new.mp3", "there");
  vi.advanceTimersByTime(100);
  vi.useRealTimers();
  const told = [[join(root, "Vol. 1"), "/new.mp3"]];
  await vi.waitFor(() => {
    expect([looked, analyzed]).toEqual([told, told]);
  });
});

test("of a folder that came with all that is in it only the folder is told", async () => {
  setting = "analyze";
  const root = await makeFolder();
  const folder = join(root, "Album");
  await mkdir(join(folder, "Disc 1", "Scans"), { recursive: true });
  for (const name of ["Disc 1/Scans", "Disc 1", ""]) changes.add(join(folder, name), "made");
  for (let i = 0; i < 100; i++) changes.add(join(root, `${i}.txt`), "made");
  await mkdir(join(root, "other"));
  changes.add(join(root, "other"), "made");
  vi.advanceTimersByTime(100);
  vi.useRealTimers();
  const told = [[folder, join(root, "other")]];
  await vi.waitFor(() => {
    expect([looked, analyzed]).toEqual([told, told]);
  });
});

test("nothing is told any more once nobody listens, a folder that is still looked at neither", async () => {
  setting = "analyze";
  const root = await makeFolder();
  changes.add(root, "made");
  vi.advanceTimersByTime(100);
  changes.dispose();
  vi.useRealTimers();
  await stat(root);
  await delay(50);
  expect([looked, analyzed]).toEqual([[], []]);
});

test("a folder named like a sound, and one that went again", async () => {
  setting = "analyze";
  const root = await makeFolder();
  changes.add(join(root, "a.mp3"), "there");
  changes.add(join(root, "a.mp3"), "made");
  changes.add(root, "made");
  changes.add(root, "gone");
  vi.advanceTimersByTime(100);
  expect([looked, analyzed]).toEqual([[[join(root, "a.mp3"), root]], [[join(root, "a.mp3")]]]);
});

test("where it never gets quiet they are told after a while", () => {
  for (let i = 0; i < 25; i++) {
    changes.add(`/${i}.mp3`, "there");
    vi.advanceTimersByTime(50);
  }
  expect(looked).toHaveLength(1);
  expect(looked[0]?.length).toBeGreaterThan(15);
});
