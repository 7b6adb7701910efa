/** What is put into the store comes out as it was: from memory, from the file, and for any other SQLite tool. */
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import fc from "fast-check";
import initSqlJs from "sql.js";
import { describe, expect, onTestFinished, test } from "vitest";
import { SCHEMA_VERSION } from "../../../../src/library/store/schema";
import { TrackStore } from "../../../../src/library/store/TrackStore";
import type { Analysis } from "../../../../src/shared/analysis";
import type { LogLine } from "../../../../src/shared/log";
import { encodeView } from "../../../../src/shared/viewFile";
import { someGroups } from "../../../fixtures/someGroups";
import { storedCells } from "../../../fixtures/storedCells";
import { analyzed, anyAnalysis, failed, noTags } from "../fixtures/someAnalysis";
import { makeFolder } from "../fixtures/someFiles";

async function openStore(root: string, lines: LogLine[] = []): Promise<TrackStore> {
  const database = join(root, ".playlista", "library.sqlite");
  const store = await TrackStore.open(
    { database, root },
    { user: "window", log: (level, scope, message) => lines.push({ level, scope, message }) },
  );
  onTestFinished(() => {
    store.close();
  });
  return store;
}

/** Puts results in one hold of the lock. */
async function putAll(
  store: TrackStore,
  analyses: Analysis[],
  view: Uint8Array | null = null,
): Promise<Analysis[]> {
  const release = await store.lock();
  const kept = Promise.all(analyses.map((analysis) => store.put({ analysis, view })));
  await kept.finally(release);
  return kept;
}

/** Rows of the file on disk, as another tool sees them. */
async function query(root: string, sql: string): Promise<unknown[][]> {
  const { Database } = await initSqlJs();
  const database = new Database(await readFile(join(root, ".playlista", "library.sqlite")));
  try {
    return database.exec(sql)[0]?.values ?? [];
  } finally {
    database.close();
  }
}

describe("a stored result", () => {
  test("is the same after a save and in another process' eyes, whatever is in it", async () => {
    const root = await makeFolder();
    const store = await openStore(root);
    const release = await store.lock();
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constant(null).chain(() => anyAnalysis("/x")),
        async (analysis) => {
          const path = join(root, `${number++}.flac`);
          const kept = await store.put({ analysis: { ...analysis, path }, view: null });
          expect(kept).toStrictEqual({ ...analysis, path });
          expect(store.get(path)).toStrictEqual(kept);
        },
      ),
      { numRuns: 60 },
    );
    await release();
    const other = await openStore(root);
    expect([...other.all()]).toStrictEqual([...store.all()]);
    expect([...other.all()]).toHaveLength(number);
  });

  test("has each measured value in a typed column of its own", async () => {
    const root = await makeFolder();
    await putAll(await openStore(root), [analyzed(join(root, "a", "b.flac"))]);
    const cells = storedCells(analyzed(join(root, "a", "b.flac")));
    expect(await query(root, `SELECT path, folder, ${Object.keys(cells).join(", ")} FROM tracks`)).toEqual([
      ["a/b.flac", "a", ...Object.values(cells)],
    ]);
    expect(cells).toMatchObject({ loudness_integrated: -9.3, rhythm_tempo: 124, tonal_open_key: "1m" });
    expect(await query(root, "SELECT typeof(rhythm_tempo), typeof(format_lossless) FROM tracks")).toEqual([
      ["real", "integer"],
    ]);
  });

  test("outside the root is kept by its absolute path", async () => {
    const root = await makeFolder();
    const store = await openStore(join(root, "library"));
    const outside = join(root, "library.flac");
    await putAll(store, [analyzed(outside)]);
    expect(await query(join(root, "library"), "SELECT path FROM tracks")).toEqual([[outside]]);
    expect(store.get(outside)?.path).toBe(outside);
  });

  test("keeps its id when the file is analysed again", async () => {
    const root = await makeFolder();
    const store = await openStore(root);
    const path = join(root, "a.flac");
    await putAll(store, [analyzed(join(root, "first.flac")), analyzed(path)]);
    const before = await query(root, "SELECT id FROM tracks WHERE path = 'a.flac'");
    await putAll(store, [analyzed(path, { rhythm: { ...someGroups.rhythm, tempo: 90, confidence: 0.1 } })]);
    expect(await query(root, "SELECT id FROM tracks WHERE path = 'a.flac'")).toEqual(before);
    expect(store.get(path)?.rhythm?.tempo).toBe(90);
  });

  test("with a number that no column can hold loses only that number", async () => {
    const root = await makeFolder();
    const tags = { ...noTags, title: "Song", trackNumber: 9223372036854775808, year: Infinity };
    const [kept] = await putAll(await openStore(root), [analyzed(join(root, "a.mp3"), { tags })]);
    expect(kept?.tags).toStrictEqual({ ...tags, trackNumber: null, year: null });
    expect(kept?.rhythm?.tempo).toBe(124);
  });

  test("that the database refuses costs no other", async () => {
    const root = await makeFolder();
    const store = await openStore(root);
    const release = await store.lock();
    const odd = analyzed(join(root, "odd.mp3"), { state: "cancelled" });
    await expect(store.put({ analysis: odd, view: null })).rejects.not.toMatchObject({
      name: "StoreError",
    });
    await store.put({ analysis: analyzed(join(root, "a.mp3")), view: null });
    await release();
    expect([...(await openStore(root)).all()].map(({ path }) => path)).toEqual([join(root, "a.mp3")]);
  });

  test("with a NUL in its tags loses only the NUL", async () => {
    const root = await makeFolder();
    const store = await openStore(root);
    const error = { code: "corrupt", message: "a\0b", attempts: 1 } as const;
    const [kept] = await putAll(store, [failed(join(root, "a.flac"), { error })]);
    expect(kept?.error?.message).toBe("a\uFFFDb");
    expect(store.get(join(root, "a.flac"))).toStrictEqual(kept);
  });
});

describe("failures", () => {
  test("of the same content are counted, and their first time is kept", async () => {
    const root = await makeFolder();
    const store = await openStore(root);
    const at = (analyzedAt: string) =>
      failed(join(root, "a.mp3"), { timing: { ...failed("").timing, analyzedAt } });
    const attempts: unknown[] = [];
    for (const time of ["2026-01-01", "2026-01-02", "2026-01-03"]) {
      attempts.push((await putAll(store, [at(time)]))[0]?.error?.attempts);
    }
    expect(attempts).toEqual([1, 2, 3]);
    expect(await query(root, "SELECT first_failed_at, last_failed_at FROM tracks")).toEqual([
      ["2026-01-01", "2026-01-03"],
    ]);
  });

  test("are counted anew when the file has changed", async () => {
    const root = await makeFolder();
    const store = await openStore(root);
    const path = join(root, "a.mp3");
    await putAll(store, [failed(path)]);
    const [kept] = await putAll(store, [failed(path, { file: { size: 1001, modified: 5, sha256: null } })]);
    expect(kept?.error?.attempts).toBe(1);
  });

  test("clear the numbers of an earlier result, and a success clears the failure", async () => {
    const root = await makeFolder();
    const store = await openStore(root);
    const path = join(root, "a.mp3");
    await putAll(store, [analyzed(path)]);
    await putAll(store, [failed(path)]);
    expect(await query(root, "SELECT state, rhythm_tempo, error_code FROM tracks")).toEqual([
      ["failed", null, "corrupt"],
    ]);
    await putAll(store, [analyzed(path)]);
    expect(await query(root, "SELECT state, error_code, first_failed_at FROM tracks")).toEqual([
      ["analyzed", null, null],
    ]);
    expect(store.get(path)).toStrictEqual(analyzed(path));
  });
});

describe("views", () => {
  const sha = (digit: string) => digit.repeat(64);
  const withContent = (path: string, digit: string) =>
    analyzed(path, { file: { size: 1, modified: 1, sha256: sha(digit) } });

  test("are found by the file whose content they are of, and go with its last track", async () => {
    const root = await makeFolder();
    const store = await openStore(root);
    const [a, b] = [join(root, "a.flac"), join(root, "copy of a.flac")];
    const bytes = new Uint8Array([1, 2, 3]);
    await putAll(store, [withContent(a, "1"), withContent(b, "1")], bytes);
    expect(new Uint8Array((await store.getView(b)) ?? [])).toEqual(bytes);
    const views = join(root, ".playlista", "views");
    await putAll(store, [withContent(a, "2")], bytes);
    expect((await readdir(views)).sort()).toEqual([`${sha("1")}.bin`, `${sha("2")}.bin`]);
    await putAll(store, [failed(b, { file: { size: 1, modified: 1, sha256: null } })]);
    expect(await readdir(views)).toEqual([`${sha("2")}.bin`]);
    const release = await store.lock();
    await store.remove([root]);
    await release();
    expect(await readdir(views)).toEqual([]);
  });

  test("give a stored result its segments back, or the reason that they are gone", async () => {
    const root = await makeFolder();
    const store = await openStore(root);
    const segments = { step: 1, loudness: [-9.25, null], centroid: [1800, null], chroma: [null, null] };
    const path = join(root, "a.flac");
    const view = encodeView({ waveform: null, loudness: null, spectrogram: null, segments });
    const [kept] = await putAll(store, [{ ...withContent(path, "1"), segments }], view);
    expect(kept?.segments).toEqual(segments);
    const stored = store.get(path);
    if (!stored) throw new Error("nothing is stored");
    expect(await store.withSegments(stored)).toEqual(kept);
    await rm(join(root, ".playlista", "views", `${sha("1")}.bin`));
    expect(await store.withSegments(stored)).toMatchObject({
      segments: null,
      missing: { segments: "notKept" },
    });
  });

  test("whose hash is no hash are not looked for", async () => {
    const root = await makeFolder();
    const store = await openStore(root);
    await mkdir(join(root, ".playlista"));
    await writeFile(join(root, ".playlista", "secret.bin"), "secret");
    const path = join(root, "a.flac");
    await putAll(store, [analyzed(path, { file: { size: 1, modified: 1, sha256: "../secret" } })]);
    expect(await store.getView(path)).toBeNull();
  });
});

describe("the folder tree", () => {
  test("shows each level with its counts, and what lies outside the root at the top", async () => {
    const base = await makeFolder();
    const root = join(base, "music");
    const store = await openStore(root);
    await putAll(store, [
      ...["top.mp3", "a/1.mp3", "a/deep/er/2.mp3", "a0/3.mp3", "b%_/4.mp3"].map((p) =>
        analyzed(join(root, p)),
      ),
      failed(join(root, "a/5.mp3")),
      analyzed(join(base, "other/6.mp3")),
      analyzed(join(base, "other/sub/7.mp3")),
    ]);
    const top = store.listFolder({ folder: null, offset: 0, limit: 10 });
    expect(top.folders).toEqual([
      { path: join(base, "other"), tracks: 2, failed: 0 },
      { path: join(root, "a"), tracks: 3, failed: 1 },
      { path: join(root, "a0"), tracks: 1, failed: 0 },
      { path: join(root, "b%_"), tracks: 1, failed: 0 },
    ]);
    expect(top.tracks.map((track) => track.path)).toEqual([join(root, "top.mp3")]);
    const a = store.listFolder({ folder: join(root, "a"), offset: 0, limit: 10 });
    expect(a.folders).toEqual([{ path: join(root, "a/deep"), tracks: 1, failed: 0 }]);
    expect(a.tracks.map((track) => [track.path, track.state])).toEqual([
      [join(root, "a/1.mp3"), "analyzed"],
      [join(root, "a/5.mp3"), "failed"],
    ]);
    const other = store.listFolder({ folder: join(base, "other"), offset: 0, limit: 10 });
    expect(other.folders).toEqual([{ path: join(base, "other/sub"), tracks: 1, failed: 0 }]);
  });

  test("comes in pages and says how much is left", async () => {
    const root = await makeFolder();
    const store = await openStore(root);
    await putAll(
      store,
      ["c", "A", "b", "folder/d"].map((name) => analyzed(join(root, `${name}.mp3`))),
    );
    const page = (offset: number) => {
      const { folders, tracks, remaining } = store.listFolder({ folder: null, offset, limit: 2 });
      return [...[folders, tracks].map((rows) => rows.map(({ path }) => relative(root, path))), remaining];
    };
    expect(page(0)).toEqual([["folder"], ["A.mp3", "b.mp3"], 1]);
    expect(page(2)).toEqual([[], ["c.mp3"], 0]);
  });
});

test("a library of a hundred thousand files opens at once: folders are counted from an index alone", async () => {
  const root = await makeFolder();
  await putAll(await openStore(root), [analyzed(join(root, "a/1.mp3"))]);
  const plan = await query(
    root,
    `EXPLAIN QUERY PLAN SELECT folder, count(*), count(*) FILTER (WHERE state = 'failed')
     FROM tracks WHERE folder <> '' GROUP BY folder`,
  );
  expect(plan.flat().join(" ")).toContain("USING COVERING INDEX");
});

describe("a database", () => {
  test("is not made by reading", async () => {
    const root = await makeFolder();
    const store = await openStore(root);
    expect([...store.all()]).toEqual([]);
    expect(store.count()).toEqual({ analyzed: 0, failed: 0, imported: 0 });
    expect(await readdir(root)).toEqual([]);
  });

  test("comes with a .gitignore that hides the folder", async () => {
    const root = await makeFolder();
    await putAll(await openStore(root), [analyzed(join(root, "a.mp3"))]);
    expect(await readFile(join(root, ".playlista", ".gitignore"), "utf8")).toBe("*\n");
    expect((await readdir(join(root, ".playlista"))).sort()).toEqual([
      ".gitignore",
      "library.sqlite",
      "views",
    ]);
  });

  test("that was torn is kept aside, and a new one is started", async () => {
    const root = await makeFolder();
    await putAll(await openStore(root), [analyzed(join(root, "a.mp3"))]);
    const file = join(root, ".playlista", "library.sqlite");
    const torn = (await readFile(file)).subarray(0, 5000);
    await writeFile(file, torn);
    const lines: LogLine[] = [];
    const store = await openStore(root, lines);
    expect(store.count()).toEqual({ analyzed: 0, failed: 0, imported: 0 });
    expect(lines.map(({ level }) => level)).toEqual(["warn"]);
    await putAll(store, [analyzed(join(root, "b.mp3"))]);
    const aside = (await readdir(join(root, ".playlista"))).find((name) => name.includes(".broken-")) ?? "";
    expect(await readFile(join(root, ".playlista", aside))).toEqual(torn);
    expect(lines).toContainEqual(expect.objectContaining({ level: "error", scope: "store" }));
    expect(await query(root, "SELECT path FROM tracks")).toEqual([["b.mp3"]]);
  });

  test("of someone else is left alone", async () => {
    const root = await makeFolder();
    const { Database } = await initSqlJs();
    const foreign = new Database();
    foreign.run("CREATE TABLE contacts (name TEXT)");
    const file = join(root, "contacts.sqlite");
    await writeFile(file, foreign.export());
    const before = await readFile(file);
    const opening = TrackStore.open({ database: file, root }, { user: "command line" });
    await expect(opening).rejects.toMatchObject({ name: "StoreError", code: "notOurs" });
    expect(await readFile(file)).toEqual(before);
  });

  test("of a newer version is read but not written", async () => {
    const root = await makeFolder();
    await putAll(await openStore(root), [analyzed(join(root, "a.mp3"))]);
    const file = join(root, ".playlista", "library.sqlite");
    const { Database } = await initSqlJs();
    const newer = new Database(await readFile(file));
    newer.run(
      "DROP INDEX tracks_of_spectral; ALTER TABLE tracks DROP COLUMN spectral_flux_std; PRAGMA user_version = 99",
    );
    await writeFile(file, newer.export());
    const store = await openStore(root);
    expect(store.get(join(root, "a.mp3"))?.rhythm?.tempo).toBe(124);
    await expect(store.lock()).rejects.toMatchObject({ code: "newerVersion" });
    expect(await query(root, "PRAGMA user_version")).toEqual([[99]]);
  });

  test("gets the column of a value that has joined the list since", async () => {
    const root = await makeFolder();
    const path = join(root, "a.mp3");
    await putAll(await openStore(root), [analyzed(path)]);
    const file = join(root, ".playlista", "library.sqlite");
    const { Database } = await initSqlJs();
    const older = new Database(await readFile(file));
    older.run("DROP INDEX tracks_of_stereo; ALTER TABLE tracks DROP COLUMN stereo_correlation");
    await writeFile(file, older.export());
    const store = await openStore(root);
    expect(store.get(path)?.stereo?.correlation).toBeNull();
    await putAll(store, [analyzed(path)]);
    expect(await query(root, "SELECT stereo_correlation FROM tracks")).toEqual([[0.5]]);
  });

  test("that another process has replaced is read again", async () => {
    const root = await makeFolder();
    const [reader, writer] = [await openStore(root), await openStore(root)];
    await putAll(writer, [analyzed(join(root, "a.mp3"))]);
    expect(reader.get(join(root, "a.mp3"))).toBeNull();
    expect(await reader.refresh()).toBe(true);
    expect(reader.get(join(root, "a.mp3"))).not.toBeNull();
    expect(await reader.refresh()).toBe(false);
  });

  test("carries our id and version", async () => {
    const root = await makeFolder();
    await putAll(await openStore(root), [analyzed(join(root, "a.mp3"))]);
    expect(await query(root, "PRAGMA application_id")).toEqual([[0x504c5354]]);
    expect(await query(root, "PRAGMA user_version")).toEqual([[SCHEMA_VERSION]]);
  });
});

test("a folder where the database should be is said, not thrown as a bug", async () => {
  const root = await makeFolder();
  await mkdir(join(root, ".playlista", "library.sqlite"), { recursive: true });
  await expect(openStore(root)).rejects.toMatchObject({ name: "StoreError", code: "cannotRead" });
});

test("nothing is written without the lock, nor what cannot be written", async () => {
  const root = await makeFolder();
  const store = await openStore(root);
  const answer = { analysis: analyzed(join(root, "a.mp3")), view: null };
  await expect(store.put(answer)).rejects.toMatchObject({ code: "lockLost" });
  await expect(stat(join(root, ".playlista"))).rejects.toThrow();
  await writeFile(join(root, ".playlista"), "a file where the folder should be");
  await expect(store.lock()).rejects.toMatchObject({ code: "cannotWrite" });
});

test("any sequence of changes and reopenings leaves what a plain map would hold", async () => {
  const paths = ["a.mp3", "b.mp3", "sub/c.mp3", "sub/deep/d.mp3", "../outside.mp3"];
  const change = fc.oneof(
    fc.record({ kind: fc.constant("put" as const), path: fc.constantFrom(...paths), tempo: fc.nat(300) }),
    fc.record({ kind: fc.constant("remove" as const), path: fc.constantFrom(...paths, "sub", ".", "..") }),
    fc.record({ kind: fc.constant("reopen" as const) }),
  );
  const base = await makeFolder();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
      const root = join(base, `run${run++}`, "root");
      await mkdir(root, { recursive: true });
      const model = new Map<string, number>();
      let store = await openStore(root);
      for (const step of changes) {
        if (step.kind === "reopen") {
          store = await openStore(root);
          continue;
        }
        const path = join(root, step.path);
        const release = await store.lock();
        if (step.kind === "put") {
          model.set(path, step.tempo);
          const rhythm = { ...someGroups.rhythm, tempo: step.tempo, confidence: null };
          await store.put({ analysis: analyzed(path, { rhythm }), view: null });
        } else {
          const gone = [...model.keys()].filter((known) => known === path || known.startsWith(`${path}/`));
          for (const known of gone) model.delete(known);
          expect((await store.remove([path])).sort()).toEqual(gone.sort());
        }
        await release();
      }
      const held = new Map([...store.all()].map((analysis) => [analysis.path, analysis.rhythm?.tempo]));
      expect(held).toEqual(model);
      expect(store.count().analyzed).toBe(model.size);
    }),
    { numRuns: 25, seed: 20261125 },
  );
});
