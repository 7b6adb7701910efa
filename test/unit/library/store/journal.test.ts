/** What the journal keeps, what of a damaged one is used, and which journal is never applied. */
import { appendFile, copyFile, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import initSqlJs from "sql.js";
import { expect, onTestFinished, test } from "vitest";
import {
  decodeHeader,
  encodeHeader,
  encodeRecord,
  HEADER_BYTES,
  scanRecords,
  type JournalHeader,
} from "../../../../src/library/store/journalFormat";
import { TrackStore } from "../../../../src/library/store/TrackStore";
import type { LogLine } from "../../../../src/shared/log";
import { analyzed } from "../fixtures/someAnalysis";
import { makeFolder } from "../fixtures/someFiles";
import { databaseIn, openStore, putOne } from "../fixtures/someStore";

function journalIn(root: string): string {
  return join(root, ".playlista", "library.journal");
}

/** A folder as a killed process leaves it: "base.mp3" in the database file, the others in the journal. */
async function killedAfter(...names: string[]): Promise<string> {
  const [root, left] = [await makeFolder(), await makeFolder()];
  await putOne(await openStore(root), analyzed(join(root, "base.mp3")));
  const store = await openStore(root);
  const release = await store.lock();
  for (const name of names) await store.put({ analysis: analyzed(join(root, name)), view: null });
  await mkdir(join(left, ".playlista"));
  for (const of of [databaseIn, journalIn]) await copyFile(of(root), of(left));
  await release();
  return left;
}

async function namesIn(root: string, store?: TrackStore): Promise<string[]> {
  return [...(store ?? (await openStore(root))).all()].map(({ path }) => path.slice(root.length + 1));
}

async function openLogged(root: string, lines: LogLine[]): Promise<TrackStore> {
  const log = (level: LogLine["level"], scope: string, message: string) =>
    lines.push({ level, scope, message });
  const store = await TrackStore.open({ database: databaseIn(root), root }, { user: "window", log });
  onTestFinished(() => {
    store.close();
  });
  return store;
}

async function asides(root: string): Promise<string[]> {
  return (await readdir(join(root, ".playlista")))
    .filter((name) => name.startsWith("library.journal."))
    .map((name) => name.replace(/-.*/, ""));
}

/** Where the records of a journal begin. */
async function recordsOf(root: string): Promise<number[]> {
  const bytes = await readFile(journalIn(root));
  const places: number[] = [];
  for (let at = HEADER_BYTES; at < bytes.length; at += 28 + bytes.readUInt32LE(at + 4)) places.push(at);
  return places;
}

async function headerOf(root: string): Promise<JournalHeader> {
  const header = decodeHeader(await readFile(journalIn(root)));
  if (header === null) throw new Error("no journal");
  return header;
}

async function flip(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  await writeFile(path, bytes);
}

test("what a killed process had acknowledged is read, written on, and in the database file after the next run", async () => {
  const root = await killedAfter("a.mp3", "b.mp3");
  const before = await readFile(journalIn(root));
  expect(await namesIn(root)).toEqual(["a.mp3", "b.mp3", "base.mp3"]);
  expect(await readFile(journalIn(root))).toEqual(before);
  await putOne(await openStore(root), analyzed(join(root, "c.mp3")));
  await expect(readFile(journalIn(root))).rejects.toMatchObject({ code: "ENOENT" });
  expect(await namesIn(root)).toEqual(["a.mp3", "b.mp3", "base.mp3", "c.mp3"]);
});

test("a record that was never finished is cut off, and what follows is kept", async () => {
  const root = await killedAfter("a.mp3");
  const record = encodeRecord(await headerOf(root), 2, Buffer.from("[]".padEnd(1000)));
  await appendFile(journalIn(root), record.subarray(0, 500));
  const lines: LogLine[] = [];
  const store = await openLogged(root, lines);
  expect(await namesIn(root, store)).toEqual(["a.mp3", "base.mp3"]);
  await putOne(store, analyzed(join(root, "b.mp3")));
  expect(lines.map(({ level, message }) => [level, message])).toEqual([
    ["info", expect.stringContaining("never finished")],
  ]);
  expect(await asides(root)).toEqual([]);
  expect(await namesIn(root)).toEqual(["a.mp3", "b.mp3", "base.mp3"]);
});

test("of a journal with a flipped bit every other record is used, and it is kept aside", async () => {
  const root = await killedAfter("a.mp3", "b.mp3", "c.mp3");
  const [, second = 0] = await recordsOf(root);
  await flip(journalIn(root), second + 100);
  const damaged = await readFile(journalIn(root));
  const lines: LogLine[] = [];
  const store = await openLogged(root, lines);
  expect(await namesIn(root, store)).toEqual(["a.mp3", "base.mp3", "c.mp3"]);
  await putOne(store, analyzed(join(root, "d.mp3")));
  expect(lines).toContainEqual(
    expect.objectContaining({ level: "warn", message: expect.stringContaining("is damaged") as string }),
  );
  expect(await asides(root)).toEqual(["library.journal.damaged"]);
  const name = (await readdir(join(root, ".playlista"))).find((entry) => entry.includes(".damaged-")) ?? "";
  expect(await readFile(join(root, ".playlista", name))).toEqual(damaged);
  expect(await namesIn(root)).toEqual(["a.mp3", "base.mp3", "c.mp3", "d.mp3"]);
});

test("a last record of which the length was damaged is not taken for one that was never finished", async () => {
  const root = await killedAfter("a.mp3", "b.mp3");
  const [, last = 0] = await recordsOf(root);
  // Longer than what is there, as a record is whose end was not written.
  await flip(journalIn(root), last + 6);
  const lines: LogLine[] = [];
  await putOne(await openLogged(root, lines), analyzed(join(root, "c.mp3")));
  expect(await asides(root)).toEqual(["library.journal.damaged"]);
  expect(lines.map(({ level }) => level)).toEqual(["warn"]);
  expect(await namesIn(root)).toEqual(["a.mp3", "base.mp3", "c.mp3"]);
});

test("whichever bit of the last record is flipped, the journal counts as damaged", async () => {
  const root = await killedAfter("a.mp3", "b.mp3");
  const [journal, header] = [await readFile(journalIn(root)), await headerOf(root)];
  const [, last = 0] = await recordsOf(root);
  for (let bit = 0; bit < 8 * (journal.length - last); bit++) {
    const flipped = Buffer.from(journal);
    const at = last + Math.floor(bit / 8);
    flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (bit % 8)), at);
    const { end, rest } = scanRecords(flipped, header);
    expect([bit, end, rest]).toEqual([bit, last, "damaged"]);
  }
});

test.each([
  ["the name", 3],
  ["the format", 8],
  ["the generation", 13],
  ["the nonce", 20],
  ["the check", 39],
])("a flipped bit in %s of a journal's header costs nothing", async (_, at) => {
  const root = await killedAfter("a.mp3", "b.mp3");
  await flip(journalIn(root), at);
  const lines: LogLine[] = [];
  const store = await openLogged(root, lines);
  expect(await namesIn(root, store)).toEqual(["a.mp3", "b.mp3", "base.mp3"]);
  expect(await store.refresh()).toBe(false);
  await putOne(store, analyzed(join(root, "c.mp3")));
  expect(lines.map(({ level, message }) => [level, message])).toEqual([
    ["warn", expect.stringContaining("is damaged")],
  ]);
  expect(await asides(root)).toEqual(["library.journal.damaged"]);
  expect(await namesIn(root)).toEqual(["a.mp3", "b.mp3", "base.mp3", "c.mp3"]);
});

test("a record cut short anywhere is one that was never finished", async () => {
  const root = await killedAfter("a.mp3", "b.mp3");
  const journal = await readFile(journalIn(root));
  const header = await headerOf(root);
  const [, last = 0] = await recordsOf(root);
  const rests = Array.from({ length: journal.length - last }, (_, kept) =>
    scanRecords(journal.subarray(0, last + kept), header),
  );
  expect(rests.map(({ end, rest }) => [end, rest])).toEqual([
    [last, "none"],
    ...Array.from({ length: journal.length - last - 1 }, () => [last, "torn"]),
  ]);
});

test("a journal as an earlier version left it is read, gone on with, and cut where it was torn", async () => {
  const root = await killedAfter("a.mp3", "b.mp3");
  const header = await headerOf(root);
  const { records } = scanRecords(await readFile(journalIn(root)), header);
  const earlier: JournalHeader = { ...header, format: 1 };
  const whole = records.map(({ number, payload }) => encodeRecord(earlier, number, payload));
  const torn = encodeRecord(earlier, 3, Buffer.from("[]".padEnd(1000))).subarray(0, 500);
  await writeFile(journalIn(root), Buffer.concat([encodeHeader(earlier), ...whole, torn]));
  const store = await openStore(root);
  expect(await namesIn(root, store)).toEqual(["a.mp3", "b.mp3", "base.mp3"]);
  const release = await store.lock();
  await store.put({ analysis: analyzed(join(root, "c.mp3")), view: null });
  expect(await namesIn(root)).toEqual(["a.mp3", "b.mp3", "base.mp3", "c.mp3"]);
  await release();
  expect(await asides(root)).toEqual([]);
  expect(await namesIn(root)).toEqual(["a.mp3", "b.mp3", "base.mp3", "c.mp3"]);
});

test("the journal of a snapshot before is not applied again, and goes", async () => {
  const root = await killedAfter("a.mp3");
  const old = await readFile(journalIn(root));
  const store = await openStore(root);
  const release = await store.lock();
  await store.remove([join(root, "a.mp3")]);
  await release();
  await writeFile(journalIn(root), old);
  expect(await namesIn(root)).toEqual(["base.mp3"]);
  await putOne(await openStore(root), analyzed(join(root, "b.mp3")));
  expect(await asides(root)).toEqual([]);
  expect(await namesIn(root)).toEqual(["b.mp3", "base.mp3"]);
});

test.each([
  [
    "an older copy of the database",
    async (root: string) => {
      const old = await readFile(databaseIn(root));
      await putOne(await openStore(root), analyzed(join(root, "b.mp3")));
      const store = await openStore(root);
      const release = await store.lock();
      await store.put({ analysis: analyzed(join(root, "c.mp3")), view: null });
      const journal = await readFile(journalIn(root));
      await release();
      await writeFile(databaseIn(root), old);
      await writeFile(journalIn(root), journal);
    },
  ],
  [
    "another library's database",
    async (root: string) => {
      const other = await killedAfter("other.mp3");
      await copyFile(journalIn(other), journalIn(root));
    },
  ],
  ["no database of ours", (root: string) => writeFile(journalIn(root), "my diary, not a journal")],
  [
    "a newer format",
    async (root: string) => {
      const header = encodeHeader({ number: 1, nonce: "00".repeat(16), format: 2 });
      header.writeUInt32LE(99, 8);
      await writeFile(journalIn(root), header);
    },
  ],
])("a journal beside %s is not applied, kept aside, and told", async (_, prepare) => {
  const root = await killedAfter("a.mp3");
  await prepare(root);
  const journal = await readFile(journalIn(root));
  const lines: LogLine[] = [];
  const store = await openLogged(root, lines);
  expect(await namesIn(root, store)).toEqual(["base.mp3"]);
  await putOne(store, analyzed(join(root, "new.mp3")));
  expect(lines).toContainEqual(
    expect.objectContaining({ level: "warn", message: expect.stringContaining("was not used") as string }),
  );
  const name = (await readdir(join(root, ".playlista"))).find((entry) => entry.includes(".unused-")) ?? "";
  expect(await readFile(join(root, ".playlista", name))).toEqual(journal);
  expect(await namesIn(root)).toEqual(["base.mp3", "new.mp3"]);
});

test("a song to which the journal was linked keeps its sound", async () => {
  const root = await killedAfter("a.mp3");
  const song = join(root, "song.flac");
  await copyFile(journalIn(root), song);
  await rm(journalIn(root));
  await symlink(song, journalIn(root));
  const before = await readFile(song);
  await putOne(await openStore(root), analyzed(join(root, "b.mp3")));
  expect(await readFile(song)).toEqual(before);
});

test.each([
  ["another table", '[{"kind":"put","table":"sqlite_schema","row":{"sql":"x"}}]'],
  [
    "a column that is SQL",
    '[{"kind":"put","table":"runs","row":{"id":1,"started_at = 1; DROP TABLE tracks; --":1}}]',
  ],
  ["a row without its key", '[{"kind":"delete","table":"tracks","key":{}}]'],
  ["no operation", '{"kind":"put"}'],
  ["no JSON", "DROP TABLE tracks"],
  ["a state that there is not", '[{"kind":"put","table":"tracks","row":{"path":"x","state":"mine"}}]'],
])("a journal that names %s changes nothing by it", async (_, payload) => {
  const root = await killedAfter("a.mp3");
  await appendFile(journalIn(root), encodeRecord(await headerOf(root), 2, Buffer.from(payload)));
  await putOne(await openStore(root), analyzed(join(root, "b.mp3")));
  expect(await namesIn(root)).toEqual(["a.mp3", "b.mp3", "base.mp3"]);
});

test("a change larger than a record can be goes into the database file, and holds no other up", async () => {
  const root = await makeFolder();
  const store = await openStore(root);
  const release = await store.lock();
  const put = { kind: "put", table: "playlists" } as const;
  await store.change([{ ...put, row: { id: 1, name: "a".repeat(33 * 1024 * 1024) } }]);
  await store.change([{ ...put, row: { id: 2, name: "b" } }]);
  await release();
  const found = (await openStore(root)).database.exec("SELECT id, length(name) FROM playlists");
  expect(found[0]?.values).toEqual([
    [1, 33 * 1024 * 1024],
    [2, 1],
  ]);
});

test.skipIf(process.platform === "win32")(
  "a link in the journal's place is not read again at each look",
  async () => {
    const root = await makeFolder();
    await putOne(await openStore(root), analyzed(join(root, "a.mp3")));
    await symlink(databaseIn(root), journalIn(root));
    const store = await openStore(root);
    expect(await store.refresh()).toBe(false);
  },
);

test.each([
  ["a nonce that no header holds", "UPDATE meta SET value = 'x' WHERE name = 'nonce'"],
  ["a nonce in capitals", "UPDATE meta SET value = upper(value) || 'A' WHERE name = 'nonce'"],
  ["a number that no header holds", "UPDATE meta SET value = 4294967295 WHERE name = 'generation'"],
  ["a number below all", "UPDATE meta SET value = -1 WHERE name = 'generation'"],
])("what is kept beside a database with %s is read again", async (_, sql) => {
  const [root, left] = [await makeFolder(), await makeFolder()];
  await putOne(await openStore(root), analyzed(join(root, "base.mp3")));
  const database = new (await initSqlJs()).Database(await readFile(databaseIn(root)));
  database.run(sql);
  await writeFile(databaseIn(root), database.export());
  database.close();
  const store = await openStore(root);
  const release = await store.lock();
  for (const name of ["a.mp3", "b.mp3"])
    await store.put({ analysis: analyzed(join(root, name)), view: null });
  await cp(join(root, ".playlista"), join(left, ".playlista"), { recursive: true });
  await release();
  expect(await namesIn(left)).toEqual(["a.mp3", "b.mp3", "base.mp3"]);
});

test("a journal made to keep its reader busy does not", async () => {
  const root = await killedAfter("a.mp3");
  // Whoever made it knows the nonce: only the payload's check fails, when all of it has been read.
  const frame = encodeRecord(await headerOf(root), 2, Buffer.alloc(2_000_000)).subarray(0, 28);
  await appendFile(journalIn(root), Buffer.concat(Array.from({ length: 200_000 }, () => frame)));
  expect(await namesIn(root)).toEqual(["a.mp3", "base.mp3"]);
});

test("a journal of markers alone is given up before each of them was checked", () => {
  const header = { format: 1, nonce: "0".repeat(32) } as const;
  const marker = encodeRecord(header, 1, Buffer.alloc(0)).fill(0, 4);
  const behind = encodeRecord(header, 1, Buffer.from("[]"));
  const some = (markers: number) => Buffer.concat([...new Array<Buffer>(markers).fill(marker), behind]);
  // The one behind a few is found; behind many it isn't looked for any more.
  expect(scanRecords(some(500), header, 0).records).toHaveLength(1);
  expect(scanRecords(some(5000), header, 0).records).toHaveLength(0);
});

test("another window sees each result as soon as it is kept, without reading the database again", async () => {
  const root = await makeFolder();
  const writer = await openStore(root);
  await putOne(writer, analyzed(join(root, "base.mp3")));
  const release = await writer.lock();
  await writer.put({ analysis: analyzed(join(root, "a.mp3")), view: null });
  const reader = await openStore(root);
  const { database } = reader;
  await writer.put({ analysis: analyzed(join(root, "b.mp3")), view: null });
  expect(await reader.refresh()).toBe(true);
  expect(reader.database).toBe(database);
  expect(await namesIn(root, reader)).toEqual(["a.mp3", "b.mp3", "base.mp3"]);
  expect(await reader.refresh()).toBe(false);
  await release();
  expect(await reader.refresh()).toBe(true);
  expect(await namesIn(root, reader)).toEqual(["a.mp3", "b.mp3", "base.mp3"]);
});

test("rows of several tables change together or not at all", async () => {
  const root = await makeFolder();
  const store = await openStore(root);
  await putOne(store, analyzed(join(root, "a.mp3")));
  const release = await store.lock();
  await store.change([
    { kind: "put", table: "playlists", row: { name: "Mine" } },
    { kind: "put", table: "playlist_tracks", row: { playlist: 1, position: 0, track: 1, path: "a.mp3" } },
    {
      kind: "put",
      table: "corrections",
      row: { track: 1, field: "rhythm.tempo", value: 62, changed_at: "2026" },
    },
  ]);
  expect(() =>
    store.change([
      { kind: "put", table: "playlists", row: { id: 1, name: "Yours" } },
      { kind: "put", table: "model_tags", row: { track: 99, name: "piano", score: 1 } },
    ]),
  ).toThrow("FOREIGN KEY");
  await store.change([{ kind: "put", table: "tracks", row: { id: 1, missing_since: "2026" } }]);
  await store.put({ analysis: analyzed(join(root, "a.mp3")), view: null });
  const rows = (from: TrackStore) =>
    from.database.exec(
      "SELECT name, path, value, (SELECT missing_since FROM tracks) FROM playlists, playlist_tracks, corrections",
    )[0]?.values;
  expect(rows(store)).toEqual([["Mine", "a.mp3", 62, null]]);
  expect(rows(await openStore(root))).toEqual([["Mine", "a.mp3", 62, null]]);
  await store.remove([root]);
  await release();
  const { database } = await openStore(root);
  expect(database.exec("SELECT count(*) FROM corrections")[0]?.values).toEqual([[0]]);
  expect(database.exec("SELECT track, path FROM playlist_tracks")[0]?.values).toEqual([[null, "a.mp3"]]);
});

test("a record with an id that no number tells exactly is passed over, and tracks still get ids of their own", async () => {
  const root = await killedAfter("a.mp3");
  const cells = {
    path: "large.mp3",
    folder: "",
    state: "failed",
    warnings: "[]",
    missing: "{}",
    groups: "[]",
  };
  const payload = [{ kind: "put", table: "tracks", row: { id: 2 ** 53, ...cells } }];
  const record = encodeRecord(await headerOf(root), 2, Buffer.from(JSON.stringify(payload)));
  await appendFile(journalIn(root), record);
  const store = await openStore(root);
  await putOne(store, analyzed(join(root, "b.mp3")));
  await putOne(store, analyzed(join(root, "c.mp3")));
  expect(await namesIn(root)).toEqual(["a.mp3", "b.mp3", "base.mp3", "c.mp3"]);
});
