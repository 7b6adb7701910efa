/** A database that an older version has written is brought up to date, and nothing in it is lost. */
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import initSqlJs, { type Database } from "sql.js";
import { expect, onTestFinished, test } from "vitest";
import { SCHEMA_VERSION } from "../../../../src/library/store/schema";
import { SEARCH_FIELDS } from "../../../../src/library/store/search/searchFields";
import { SORTED_TEXTS, TRACK_INDEXES } from "../../../../src/library/store/trackIndexes";
import type { Analysis } from "../../../../src/shared/analysis";
import { someGroups } from "../../../fixtures/someGroups";
import { analyzed, failed, noTags } from "../fixtures/someAnalysis";
import { makeFolder } from "../fixtures/someFiles";
import { databaseIn, openStore, putOne } from "../fixtures/someStore";

type Older = 1 | 2 | 3;

/** A folder with a database that an older version has written. */
async function written(version: Older): Promise<string> {
  const root = await makeFolder();
  await mkdir(dirname(databaseIn(root)));
  const fixture = `../../../fixtures/databases/version-${version}.sqlite`;
  await copyFile(join(import.meta.dirname, fixture), databaseIn(root));
  return root;
}

/** The measurements' versions when it was written. */
const THEN: Record<Older, Analysis["versions"]["measurements"]> = {
  1: { loudness: 2, dynamics: 1, stereo: 1, tempo: 2, key: 2, spectral: 1, timbre: 1 },
  2: { loudness: 2, dynamics: 1, stereo: 1, tempo: 3, key: 3, spectral: 1, timbre: 1 },
  3: { loudness: 2, dynamics: 1, stereo: 1, tempo: 3, key: 3, spectral: 1, timbre: 1 },
};

/** The file on disk, for another tool. */
async function onDisk(root: string): Promise<Database> {
  const { Database } = await initSqlJs();
  const database = new Database(await readFile(databaseIn(root)));
  onTestFinished(() => {
    database.close();
  });
  return database;
}

const sha = (digit: string) => ({ size: 1000, modified: 1_700_000_000_000.25, sha256: digit.repeat(64) });

test.each<Older>([1, 2, 3])(
  "results of version %i read as they were put, before and after the database is brought up to date",
  async (version) => {
    const root = await written(version);
    const tags = {
      ...noTags,
      title: "Jóga",
      artist: "Björk",
      album: "Homogenic",
      genre: ["Electronic"],
      year: 1997,
    };
    const joga = analyzed(join(root, "Björk", "01 Jóga.flac"), { tags, file: sha("3") });
    const slow = analyzed("/elsewhere/slow.ogg", {
      file: sha("4"),
      rhythm: { ...someGroups.rhythm, tempo: 61.5 },
    });
    const broken = failed(join(root, "broken.mp3"));
    if (broken.error) broken.error.attempts = 2;
    const all = [slow, joga, broken].map((one) => ({
      ...one,
      versions: { ...one.versions, measurements: THEN[version] },
    }));
    const store = await openStore(root);
    expect([...store.all()]).toStrictEqual(all);
    await putOne(store, analyzed(join(root, "new.mp3")));
    const again = await openStore(root);
    expect([...again.all()]).toStrictEqual([...all, analyzed(join(root, "new.mp3"))]);
    const database = await onDisk(root);
    expect(database.exec("PRAGMA user_version")[0]?.values).toEqual([[SCHEMA_VERSION]]);
    expect(database.exec("SELECT id, path FROM tracks ORDER BY id")[0]?.values).toEqual([
      [2, "Björk/01 Jóga.flac"],
      [3, "broken.mp3"],
      [4, "/elsewhere/slow.ogg"],
      [5, "new.mp3"],
    ]);
    expect(database.exec("SELECT first_failed_at FROM tracks WHERE id = 3")[0]?.values).toEqual([
      ["2026-01-02T03:04:05.678Z"],
    ]);
  },
);

test.each<Older>([1, 2, 3])(
  "texts are found without their accents, in a database of version %i as in a new one",
  async (version) => {
    const root = await written(version);
    const store = await openStore(root);
    const tags = { ...noTags, comment: "Für Elise" };
    await putOne(store, analyzed(join(root, "elise.mp3"), { tags }));
    await putOne(
      store,
      analyzed(join(root, "Björk", "01 Jóga.flac"), { tags: { ...noTags, title: "Unravel" } }),
    );
    const database = await onDisk(root);
    const find = (words: string) =>
      database.exec("SELECT docid FROM tracks_text WHERE tracks_text MATCH ?", [words])[0]?.values.flat() ??
      [];
    expect(find("fur")).toEqual([5]);
    expect(find("tags_title:unravel path:bjork")).toEqual([2]);
    expect(find("homogenic")).toEqual([]);
    database.run("INSERT INTO tracks_text (tracks_text) VALUES ('integrity-check')");
    database.run("DELETE FROM tracks WHERE id = 2");
    expect(find("unravel")).toEqual([]);
  },
);

test.each<Older>([2, 3])(
  "what belongs to the tracks of version %i stays theirs, with the indexes of a new database",
  async (version) => {
    const root = await written(version);
    await putOne(await openStore(root), analyzed(join(root, "new.mp3")));
    const other = await makeFolder();
    await putOne(await openStore(other), analyzed(join(other, "new.mp3")));
    const [database, fresh] = [await onDisk(root), await onDisk(other)];
    const rows = (sql: string) => database.exec(sql)[0]?.values;
    expect(rows("SELECT track, field, value, locked FROM corrections")).toEqual([
      [2, "rhythm.tempo", 62.5, 1],
    ]);
    expect(rows("SELECT track, path FROM playlist_tracks")).toEqual([[2, "Björk/01 Jóga.flac"]]);
    expect(rows("SELECT track, name, score FROM model_tags")).toEqual([[2, "piano", 0.5]]);
    expect(rows("SELECT id, asked FROM runs ORDER BY id LIMIT 1")).toEqual([[1, 3]]);
    const indexes = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name";
    expect(rows(indexes)).toEqual(fresh.exec(indexes)[0]?.values);
    expect(rows("PRAGMA integrity_check")).toEqual([["ok"]]);
  },
);

test("a library of version 2 is read with the indexes that it has: ours are made when it is written", async () => {
  const store = await openStore(await written(2));
  const [found] = store.database.exec("SELECT name FROM sqlite_schema WHERE type = 'index'");
  const names = found?.values.flat();
  expect(names).toContain("tracks_for_search");
  expect(names).not.toContain("tracks_of_rhythm");
});

test("a change of the indexes comes with a version of the layout", () => {
  const text = JSON.stringify(Object.entries(TRACK_INDEXES).sort());
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
  expect(
    { version: SCHEMA_VERSION, hash },
    `The indexes of the table of tracks have changed. Databases of version ${SCHEMA_VERSION} would keep those they have:
    add a step to MIGRATIONS (an empty one will do), then say the new version and hash here. Only where the change is
    that of a column that has joined COLUMNS, which brings the indexes with it, the new hash here is enough.`,
  ).toEqual({ version: 4, hash: "83b81080a310" });
});

test("every column that can be searched is in an index, and no index holds one that can't", () => {
  const held = Object.entries(TRACK_INDEXES)
    .filter(([name]) => name.startsWith("tracks_of_"))
    .flatMap(([, sql]) => sql.replace(/.*\(|\).*/g, "").split(", "))
    .filter((name) => !["id", "folder"].includes(name));
  const searched = Object.values(SEARCH_FIELDS)
    .flat()
    .filter(({ column, kind }) => column !== "" && kind !== "list")
    .map(({ column }) => column)
    .filter((column) => !(column in SORTED_TEXTS));
  expect(held.sort()).toEqual([...new Set(searched)].sort());
});

test("a script for the earlier Playlista finds its columns", async () => {
  const root = await makeFolder();
  await putOne(await openStore(root), analyzed(join(root, "sub", "a.mp3")));
  const database = await onDisk(root);
  const [result] = database.exec(
    "SELECT file_path, filename, duration, bpm, key, mode, loudness, status FROM audio_analysis",
  );
  const { dynamics } = someGroups;
  const rms = 10 ** ((dynamics.rms ?? NaN) / 20);
  expect(result?.values).toEqual([["sub/a.mp3", "a.mp3", 227.203, 124, "A", "minor", rms, "analyzed"]]);
});

test("a forgotten track takes its corrections with it, and stays in a playlist by its path", async () => {
  const root = await makeFolder();
  await putOne(await openStore(root), analyzed(join(root, "a.mp3")));
  const database = await onDisk(root);
  database.run(`PRAGMA foreign_keys = ON;
    INSERT INTO corrections VALUES (1, 'rhythm.tempo', 62, 1, '2026');
    INSERT INTO model_tags VALUES (1, 'piano', 0.5);
    INSERT INTO playlists (id, name) VALUES (1, 'Mine');
    INSERT INTO playlist_tracks VALUES (1, 0, 1, 'a.mp3');
    DELETE FROM tracks;`);
  expect(database.exec("SELECT count(*) FROM corrections, model_tags")[0]?.values).toEqual([[0]]);
  expect(database.exec("SELECT track, path FROM playlist_tracks")[0]?.values).toEqual([[null, "a.mp3"]]);
});
