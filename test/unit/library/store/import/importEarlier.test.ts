/** An import from the file to the store: what is kept, what it looks like there, and that it gives way. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { lookAtFile } from "../../../../../src/library/queue/lookAtFile";
import { importEarlier } from "../../../../../src/library/store/import/importEarlier";
import { SharedStore } from "../../../../../src/library/store/sharing/SharedStore";
import { TrackStore } from "../../../../../src/library/store/TrackStore";
import type { ImportSummary } from "../../../../../src/shared/earlier";
import { analyzed } from "../../fixtures/someAnalysis";
import { makeFolder } from "../../fixtures/someFiles";
import { makeA2, makeE } from "./fixtures/earlierDatabases";

const FEATURES = {
  file_hash: "one.mp3_3_1690000000.25",
  file_path: "/music/a/one.mp3",
  duration: 215.5,
  bpm: 128.2,
  centroid: 1800.5,
  loudness: 0.1,
  key: "A",
  scale: "minor",
  key_strength: 0.7,
  zcr: 0.05,
  mfcc: "[1, 2]",
  musicnn_tags: '{"rock": 0.75, "pop": 0.5}',
  last_analyzed: "2025-07-20T10:11:12.5",
  metadata: '{"title": "Song"}',
};

interface Library {
  root: string;
  store: SharedStore;
  /** The database of the earlier Playlista. */
  earlier: string;
  one: string;
  run: (isPreview?: boolean) => Promise<ImportSummary>;
}

async function open(root: string): Promise<SharedStore> {
  const database = join(root, ".playlista", "library.sqlite");
  const store = await SharedStore.open({ database, root }, { user: "command line" });
  onTestFinished(() => store.close());
  return store;
}

async function library(content: Uint8Array): Promise<Library> {
  const root = await makeFolder();
  const [one, earlier] = [join(root, "a", "one.mp3"), join(root, "audio_analysis.db")];
  await mkdir(dirname(one));
  await writeFile(one, "abc");
  await writeFile(join(root, "bad.mp3"), "abcd");
  await writeFile(earlier, content);
  const store = await open(root);
  const run = (isPreview = false): Promise<ImportSummary> =>
    importEarlier(store, earlier, { mapping: "suggested", isPreview });
  return { root, store, earlier, one, run };
}

/** What lies in the library's own tables. */
async function query(root: string, sql: string): Promise<unknown[][]> {
  const database = join(root, ".playlista", "library.sqlite");
  const store = await TrackStore.open({ database, root }, { user: "command line" });
  try {
    return store.database.exec(sql)[0]?.values ?? [];
  } finally {
    store.close();
  }
}

async function someA2(): Promise<Library> {
  return library(
    await makeA2({
      audio_features: [
        FEATURES,
        { file_hash: "h", file_path: "/music/bad.mp3", failed: 1 },
        { ...FEATURES, file_hash: "g", file_path: "/music/gone.mp3" },
      ],
      playlists: [{ name: "Mix", tracks: '["/music/bad.mp3", "/music/a/one.mp3", "/music/gone.mp3"]' }],
    }),
  );
}

describe("an import", () => {
  test("keeps what can be trusted, and says of the rest that it was not imported", async () => {
    const { store, run, one, root } = await someA2();
    const summary = await run();
    expect(summary).toMatchObject({
      variant: "A2",
      tracks: 3,
      imported: 1,
      failed: 1,
      skipped: [{ reason: "noSuchFile", count: 1, examples: ["/music/gone.mp3"] }],
      leftOut: [{ name: "mfcc", reason: "wrongInput", count: 1 }],
      playlists: 1,
      playlistEntries: 2,
      playlistOrphans: 1,
      mapping: { from: "/music", to: root },
      isPreview: false,
    });
    const analysis = await store.get(one);
    expect(analysis).toMatchObject({
      state: "imported",
      file: { size: 3, sha256: null },
      format: null,
      loudness: null,
      rhythm: { tempo: 128.2, confidence: null, beats: null },
      tonal: { key: "A", mode: "minor", camelot: "8A", openKey: "1m", strength: null },
      dynamics: { rms: -20, crestFactor: null },
      tags: { title: "Song", artist: null, genre: [] },
      missing: {
        "loudness.integrated": "imported",
        "rhythm.beats": "imported",
        "dynamics.crestFactor": "imported",
      },
      versions: { app: "", schema: 0, measurements: {} },
      timing: { analyzedAt: "", decodeMs: null },
      imported: {
        origin: "A2",
        analyzedAt: "2025-07-20T10:11:12.5",
        duration: 215.5,
        sampleRate: null,
        modelTags: [
          { name: "rock", score: 0.75 },
          { name: "pop", score: 0.5 },
        ],
        values: { spectralCentroidHz: 1800.5, keyStrength: 0.7, zeroCrossingsPerSecond: 0.05 * 44100 },
      },
    });
    expect(Object.keys(analysis?.missing ?? {})).not.toContain("rhythm.tempo");
    expect(await store.getRow(one)).toMatchObject({
      state: "imported",
      duration: 215.5,
      tempo: 128.2,
      camelot: "8A",
    });
    expect(await store.count()).toEqual({ analyzed: 0, failed: 1, imported: 1 });
    const failed = await store.get(join(root, "bad.mp3"));
    expect(failed).toMatchObject({
      state: "failed",
      error: { code: "failedEarlier", attempts: 0 },
      missing: {},
    });
  });

  test("is the same when it is read from disk again, and when it is done again", async () => {
    const { store, run, one, root } = await someA2();
    await run();
    const first = await store.get(one);
    await run();
    expect(await store.get(one)).toEqual(first);
    await store.close();
    const again = await open(root);
    expect(await again.get(one)).toEqual(first);
    const entries =
      "SELECT name, origin, position, path, track FROM playlists JOIN playlist_tracks ON playlist = id ORDER BY position";
    expect(await query(root, entries)).toEqual([
      ["Mix", "A2", 0, "bad.mp3", 2],
      ["Mix", "A2", 1, "a/one.mp3", 1],
    ]);
  });

  test("writes nothing when it is a preview, and never the earlier database", async () => {
    const { store, run, earlier, one } = await someA2();
    const before = await readFile(earlier);
    expect(await run(true)).toMatchObject({ imported: 1, isPreview: true });
    expect(await store.get(one)).toBeNull();
    await run();
    expect(await readFile(earlier)).toEqual(before);
  });

  test("copies the library as it was before it changes it", async () => {
    const { store, run, root, one } = await someA2();
    const end = await store.beginWriting();
    await store.put({ analysis: analyzed(join(root, "other.mp3")), view: null });
    await end();
    await run(true);
    const copies = (): Promise<string[]> => readdir(join(root, ".playlista", "backups")).catch(() => []);
    expect((await copies()).filter((name) => name.includes("import"))).toEqual([]);
    await run();
    const [copy = ""] = (await copies()).filter((name) => name.endsWith("import.sqlite"));
    const before = await SharedStore.open(
      { database: join(root, ".playlista", "backups", copy), root },
      { user: "command line" },
    );
    onTestFinished(() => before.close());
    expect(await before.get(one)).toBeNull();
    expect(await before.get(join(root, "other.mp3"))).toMatchObject({ state: "analyzed" });
  });

  test("of a file that the earlier program named twice keeps one", async () => {
    const { run } = await library(
      await makeA2({ audio_features: [FEATURES, { ...FEATURES, file_hash: "one.mp3_3_5.0", bpm: 100 }] }),
    );
    expect(await run()).toMatchObject({ imported: 1, skipped: [{ reason: "repeated", count: 1 }] });
  });
});

describe("an imported result", () => {
  test("is never current: the file is analysed, and the result replaced with all that came with it", async () => {
    const { store, run, one, root } = await someA2();
    await run();
    const wanted = { force: false, maxRetries: 3 };
    for (const path of [one, join(root, "bad.mp3")]) {
      expect(await lookAtFile(path, await store.get(path), wanted)).toMatchObject({ kind: "analyze" });
    }
    const end = await store.beginWriting();
    await store.put({ analysis: analyzed(one), view: null });
    await end();
    const measured = await store.get(one);
    expect(measured).toMatchObject({ state: "analyzed", rhythm: { tempo: analyzed(one).rhythm?.tempo } });
    expect(measured).not.toHaveProperty("imported");
    await store.close();
    expect(await query(root, "SELECT count(*) FROM model_tags")).toEqual([[0]]);
  });

  test("does not take the place of one that was measured here", async () => {
    const { store, run, one } = await someA2();
    const end = await store.beginWriting();
    await store.put({ analysis: analyzed(one), view: null });
    await end();
    expect(await run()).toMatchObject({ imported: 0, failed: 1 });
    expect(await store.get(one)).toMatchObject({ state: "analyzed" });
  });
});

test("thousands of results come over, with a time in UTC where it is one", { timeout: 60_000 }, async () => {
  const root = await makeFolder();
  const names = Array.from({ length: 1200 }, (_, index) => `${index}.mp3`);
  await Promise.all(names.map((name) => writeFile(join(root, name), name)));
  const row = {
    file_hash: "x",
    filename: "f",
    title: "T",
    artist: "A",
    bpm: 100,
    analysis_date: "2025-08-05 10:00:00",
  };
  const tracks = names.map((name) => ({ ...row, file_path: `/music/${name}`, file_size_bytes: name.length }));
  const earlier = join(root, "playlista.db");
  await writeFile(earlier, await makeE(113, { tracks }));
  const store = await open(root);
  expect(await importEarlier(store, earlier, { mapping: "suggested", isPreview: false })).toMatchObject({
    imported: 1200,
  });
  expect((await store.get(join(root, "1199.mp3")))?.timing.analyzedAt).toBe("2025-08-05T10:00:00.000Z");
});
