/** A database and view files that others edited read as what is sound in them: nothing throws, nothing hangs. */
import { execFileSync } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import initSqlJs from "sql.js";
import { expect, onTestFinished, test } from "vitest";
import { TrackStore } from "../../../../src/library/store/TrackStore";
import { analyzed } from "../fixtures/someAnalysis";
import { makeFolder } from "../fixtures/someFiles";

// Part of every system with pipes, and so not in our list of programs.
const MAKE_PIPE = "mkfifo";

/** A store of one file, "one.mp3", whose rows were changed by other hands. */
async function edited(sql: string): Promise<{ root: string; path: string; store: TrackStore }> {
  const root = await makeFolder();
  const database = join(root, ".playlista", "library.sqlite");
  const path = join(root, "one.mp3");
  const open = (): Promise<TrackStore> => TrackStore.open({ database, root }, { user: "window" });
  const first = await open();
  const release = await first.lock();
  await Promise.all([first.put({ analysis: analyzed(path), view: null }), release()]);
  first.close();
  const { Database } = await initSqlJs();
  const other = new Database(await readFile(database));
  other.run(sql);
  await writeFile(database, other.export());
  other.close();
  const store = await open();
  onTestFinished(() => {
    store.close();
  });
  return { root, path, store };
}

test("numbers that JSON cannot tell are none", async () => {
  const { path, store } = await edited(
    `UPDATE tracks SET rhythm_tempo = 9e999, format_duration = -9e999, rhythm_beats = '[1, 1e999]',
      versions_measurements = '{"tempo": 1e999, "key": 1}'`,
  );
  const analysis = store.get(path);
  expect(analysis?.rhythm).toMatchObject({ tempo: null, beats: null });
  expect(analysis?.format?.duration).toBeNull();
  expect(analysis?.versions.measurements).toEqual({ key: 1 });
});

test("of a warning only what is of its kind is told", async () => {
  const warnings = [
    { code: "damaged", message: "a", places: 5, decodedShare: "half" },
    { code: "damaged", message: "b", places: [1, "2", null], decodedShare: 0.5, more: {} },
    { code: 1, message: "c" },
  ];
  const { path, store } = await edited(`UPDATE tracks SET warnings = '${JSON.stringify(warnings)}'`);
  expect(store.get(path)?.warnings).toEqual([
    { code: "damaged", message: "a" },
    { code: "damaged", message: "b", places: [1], decodedShare: 0.5 },
  ]);
});

test.skipIf(process.platform === "win32")("a view that is a pipe or a folder is none", async () => {
  const { root, path, store } = await edited("SELECT 1");
  const sha256 = store.get(path)?.file?.sha256 ?? "";
  const view = join(root, ".playlista", "views", `${sha256}.bin`);
  execFileSync(MAKE_PIPE, [view]);
  expect(await store.getView(path)).toBeNull();
  await rm(view);
  await mkdir(view);
  expect(await store.getView(path)).toBeNull();
});
