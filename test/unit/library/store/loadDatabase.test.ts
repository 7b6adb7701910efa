/** Databases that came from elsewhere: none is lost, moved or spoilt, and none crashes or holds up what reads it. */
import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import initSqlJs, { type Database } from "sql.js";
import { describe, expect, test } from "vitest";
import { analyzed } from "../fixtures/someAnalysis";
import { makeFolder } from "../fixtures/someFiles";
import { databaseIn, openStore, putOne } from "../fixtures/someStore";

// Part of every system with pipes, and so not in our list of programs.
const MAKE_PIPE = "mkfifo";

/** Changes a database file as another tool would. */
async function edit(path: string, change: (database: Database) => void): Promise<void> {
  const { Database } = await initSqlJs();
  const database = new Database(await readFile(path));
  change(database);
  await writeFile(path, database.export());
  database.close();
}

/** A folder whose library holds one result, changed by `sql`. */
async function libraryAfter(sql: string): Promise<string> {
  const root = await makeFolder();
  await putOne(await openStore(root), analyzed(join(root, "a.mp3")));
  await edit(databaseIn(root), (database) => database.run(sql));
  return root;
}

describe("a database under a name of its own", () => {
  test("that another program made for itself stays where it is, also when it cannot be read", async () => {
    const root = await makeFolder();
    const { Database } = await initSqlJs();
    const foreign = new Database();
    foreign.run("CREATE TABLE contacts (name TEXT); CREATE INDEX by_name ON contacts (name COLLATE NOCASE)");
    foreign.run("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'NOCASE', 'mine')");
    const file = join(root, "contacts.db");
    await writeFile(file, foreign.export());
    const before = await readFile(file);
    await expect(openStore(root, file)).rejects.toMatchObject({ code: "notOurs" });
    expect(await readFile(file)).toEqual(before);
    expect(await readdir(root)).toEqual(["contacts.db"]);
  });

  test("that is no database leaves the folder as it was", async () => {
    const root = await makeFolder();
    const file = join(root, "notes.txt");
    await writeFile(file, "my notes");
    await expect(openStore(root, file)).rejects.toMatchObject({ code: "notOurs" });
    expect(await readFile(file, "utf8")).toBe("my notes");
    expect(await readdir(root)).toEqual(["notes.txt"]);
  });

  test("of ours that was torn is kept aside, and a new one is started", async () => {
    const root = await makeFolder();
    const file = join(root, "mine.db");
    await putOne(await openStore(root, file), analyzed(join(root, "a.mp3")));
    await writeFile(file, (await readFile(file)).subarray(0, 5000));
    await putOne(await openStore(root, file), analyzed(join(root, "b.mp3")));
    expect((await readdir(root)).some((name) => name.startsWith("mine.db.broken-"))).toBe(true);
  });
});

describe("a database that another program has open", () => {
  test.each(["-wal", "-journal"])("is not written while its %s holds changes", async (suffix) => {
    const root = await libraryAfter("SELECT 1");
    const store = await openStore(root);
    const before = await readFile(databaseIn(root));
    await writeFile(`${databaseIn(root)}${suffix}`, "changes");
    await expect(store.lock()).rejects.toMatchObject({
      code: "cannotWrite",
      message: expect.stringContaining(suffix) as string,
    });
    expect(await readFile(databaseIn(root))).toEqual(before);
    expect(store.get(join(root, "a.mp3"))).not.toBeNull();
  });

  test("during a run is not replaced either", async () => {
    const root = await libraryAfter("SELECT 1");
    const store = await openStore(root);
    const release = await store.lock();
    await writeFile(`${databaseIn(root)}-wal`, "changes");
    const before = await readFile(databaseIn(root));
    await store.put({ analysis: analyzed(join(root, "b.mp3")), view: null });
    await release();
    expect(await readFile(databaseIn(root))).toEqual(before);
    expect((await openStore(root)).get(join(root, "b.mp3"))).not.toBeNull();
  });

  test("is written when what it left is empty", async () => {
    const root = await libraryAfter("SELECT 1");
    await writeFile(`${databaseIn(root)}-wal`, "");
    await putOne(await openStore(root), analyzed(join(root, "b.mp3")));
  });
});

describe.skipIf(process.platform === "win32")("in the place of a database", () => {
  test("a device that has no end is not read", async () => {
    const root = await makeFolder();
    await mkdir(join(root, ".playlista"));
    await symlink("/dev/zero", databaseIn(root));
    await expect(openStore(root)).rejects.toMatchObject({ code: "cannotRead" });
  });

  test("a pipe that nobody writes to is not waited for", async () => {
    const root = await makeFolder();
    await mkdir(join(root, ".playlista"));
    execFileSync(MAKE_PIPE, [databaseIn(root)]);
    await expect(openStore(root)).rejects.toMatchObject({ code: "cannotRead" });
  });
});

/** The index of states as a tree of seven levels, each of whose pages leads hundreds of times to the same page. */
async function withEndlessIndex(bytes: Buffer): Promise<Buffer> {
  const database = new (await initSqlJs()).Database(bytes);
  const [found] = database.exec("SELECT rootpage FROM sqlite_schema WHERE name = 'tracks_by_state'");
  database.close();
  const [size, pages] = [bytes.readUInt16BE(16), bytes.readUInt32BE(28)];
  const root = bytes.subarray((Number(found?.values[0]?.[0]) - 1) * size).subarray(0, size);
  const leaf = Buffer.from(root);
  const place = leaf.readUInt16BE(8);
  const cell = leaf.subarray(place, place + 1 + leaf.readUInt8(place));
  const leadingTo = (child: number): Buffer => {
    const page = Buffer.alloc(size);
    page.writeUInt8(2);
    page.writeUInt16BE(100, 3);
    page.writeUInt16BE(size - 100 * (4 + cell.length), 5);
    page.writeUInt32BE(child, 8);
    for (let i = 1; i <= 100; i++) {
      const at = size - i * (4 + cell.length);
      page.writeUInt32BE(child, at);
      cell.copy(page, at + 4);
      page.writeUInt16BE(at, 10 + 2 * i);
    }
    return page;
  };
  const added: Buffer[] = [leaf];
  for (let level = 0; level < 6; level++) added.push(leadingTo(pages + added.length));
  leadingTo(pages + added.length).copy(root);
  const whole = Buffer.concat([bytes, ...added]);
  whole.writeUInt32BE(pages + added.length, 28);
  return whole;
}

describe("a database with our name that we did not make so", () => {
  test.each([
    ["no table", "DROP TABLE tracks"],
    ["another view of our name", "DROP VIEW audio_analysis; CREATE VIEW audio_analysis AS SELECT 1"],
    [
      "another trigger of our name",
      "DROP TRIGGER tracks_text_delete; CREATE TRIGGER tracks_text_delete AFTER INSERT ON tracks BEGIN DELETE FROM tracks; END",
    ],
    ["a virtual table of a stranger's", "CREATE VIRTUAL TABLE other USING fts4(a)"],
    ["another table of playlists", "DROP TABLE playlists; CREATE TABLE playlists (a TEXT)"],
    ["a version below zero", "PRAGMA user_version = -5"],
    [
      "a view that has no end",
      `DROP VIEW audio_analysis; ALTER TABLE tracks RENAME TO other; CREATE VIEW tracks AS
      WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT other.*, x FROM other, n`,
    ],
    ["a trigger", "CREATE TRIGGER t AFTER INSERT ON tracks BEGIN DELETE FROM tracks; END"],
    [
      "columns without types",
      "PRAGMA legacy_alter_table = ON; CREATE TABLE t AS SELECT * FROM tracks; DROP TABLE tracks; ALTER TABLE t RENAME TO tracks",
    ],
    [
      "another type of column",
      "DROP INDEX tracks_of_stereo; ALTER TABLE tracks DROP COLUMN stereo_correlation; ALTER TABLE tracks ADD stereo_correlation TEXT",
    ],
    ["a computed column", "ALTER TABLE tracks ADD more TEXT AS (hex(path))"],
    ["tables but no version", "PRAGMA user_version = 0"],
    [
      "a check that takes long",
      `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'folder TEXT NOT NULL',
      'folder TEXT NOT NULL CHECK (length(hex(zeroblob(99))) > 0)') WHERE name = 'tracks'`,
    ],
    ["a default that takes long", "ALTER TABLE tracks ADD more TEXT DEFAULT 'long'"],
    ["an index on what is computed", "CREATE INDEX long ON tracks (hex(path))"],
    ["an index that asks what is computed", "CREATE INDEX long ON tracks (path) WHERE hex(path) <> ''"],
    ["such an index under a name of ours", "CREATE INDEX tracks_long ON tracks (path) WHERE hex(path) <> ''"],
    [
      "such an index that begins like one of ours",
      "CREATE INDEX tracks_long ON tracks (path) WHERE (folder = '' OR hex(path) <> '')",
    ],
    [
      "a trigger that is called otherwise",
      `CREATE TRIGGER t AFTER INSERT ON tracks BEGIN DELETE FROM tracks; END;
      PRAGMA writable_schema = ON; UPDATE sqlite_schema SET type = 'TRIGGER' WHERE name = 't'`,
    ],
    [
      "a check in a table that is written otherwise",
      `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET name = 'TRACKS', sql = replace(sql, 'folder TEXT NOT NULL',
      'folder TEXT NOT NULL CHECK (length(hex(zeroblob(99))) > 0)') WHERE name = 'tracks'`,
    ],
    [
      "an index on what is computed that is called otherwise",
      `CREATE INDEX long ON tracks (hex(path));
      PRAGMA writable_schema = ON; UPDATE sqlite_schema SET type = 'INDEX' WHERE name = 'long'`,
    ],
    [
      "a virtual table that is written otherwise",
      `CREATE VIRTUAL TABLE other USING fts4(a); PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(sql, 'CREATE VIRTUAL', 'CREATE/**/VIRTUAL') WHERE name = 'other'`,
    ],
    [
      "a table where an index of ours is to be made",
      "DROP INDEX tracks_of_stereo; ALTER TABLE tracks DROP COLUMN stereo_correlation; CREATE TABLE Tracks_of_stereo (a)",
    ],
    ["an index with a pattern", "CREATE INDEX tracks_long ON tracks (path) WHERE path LIKE '%a%b%c%'"],
  ])("and %s is kept aside, and a new one is started", async (what, sql) => {
    const root = await libraryAfter(sql);
    const store = await openStore(root);
    expect(store.count()).toEqual({ analyzed: 0, failed: 0, imported: 0 });
    await putOne(store, analyzed(join(root, "b.mp3")));
    const kept = [...(await openStore(root)).all()].map(({ path }) => path);
    // Whatever is a plain table of tracks has rows that can be brought over.
    const isRescued = !["no table", "a view that has no end", "a computed column"].includes(what);
    expect(kept).toEqual([...(isRescued ? [join(root, "a.mp3")] : []), join(root, "b.mp3")]);
    expect((await readdir(join(root, ".playlista"))).some((name) => name.includes(".broken-"))).toBe(true);
  });

  test.each([
    "CREATE INDEX tracks_without_more ON tracks (id) WHERE (tags_comment IS NULL OR tags_comment IN ('', '[]', '{}'))",
    "CREATE INDEX tracks_gone ON tracks (path, folder) WHERE missing_since IS NOT NULL",
    "CREATE INDEX tracks_by_more ON tracks (warnings) WHERE warnings <> '[]' AND state = 'analyzed'",
  ])(
    "but for a partial index such as another version of ours makes is read and written (%s)",
    async (sql) => {
      const root = await libraryAfter(sql);
      const store = await openStore(root);
      expect(store.count().analyzed).toBe(1);
      await putOne(store, analyzed(join(root, "b.mp3")));
      expect((await openStore(root)).count().analyzed).toBe(2);
      expect(await readdir(join(root, ".playlista"))).not.toContainEqual(expect.stringContaining("broken"));
    },
  );

  test("and pages that lead to each other over and over is kept aside, and its rows are brought over", async () => {
    const root = await libraryAfter("SELECT 1");
    await writeFile(databaseIn(root), await withEndlessIndex(await readFile(databaseIn(root))));
    const store = await openStore(root);
    expect(store.count()).toEqual({ analyzed: 0, failed: 0, imported: 0 });
    await putOne(store, analyzed(join(root, "b.mp3")));
    const kept = [...(await openStore(root)).all()].map(({ path }) => path);
    expect(kept).toEqual([join(root, "a.mp3"), join(root, "b.mp3")]);
  });

  test.each(["9007199254740991", "9223372036854775807"])(
    "and a track whose id is the last that there can be (%s) still takes new tracks",
    async (id) => {
      const root = await libraryAfter(`UPDATE tracks SET id = ${id}`);
      const store = await openStore(root);
      const release = await store.lock();
      for (const name of ["b.mp3", "c.mp3"])
        await store.put({ analysis: analyzed(join(root, name)), view: null });
      const read = await openStore(root);
      expect([...read.all()].map(({ path }) => path.slice(root.length + 1))).toEqual([
        "a.mp3",
        "b.mp3",
        "c.mp3",
      ]);
      await release();
    },
  );

  test("and a track without a path is searched by paths like any other", async () => {
    const root = await libraryAfter(
      `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'path TEXT NOT NULL', 'path TEXT') WHERE name = 'tracks'`,
    );
    await edit(databaseIn(root), (database) => database.run("UPDATE tracks SET path = NULL"));
    const store = await openStore(root);
    await putOne(store, analyzed(join(root, "b.mp3")));
    const { found } = await store.search("path:b.mp3", { offset: 0, limit: 10, within: "" });
    expect(found?.total).toBe(1);
  });

  test.each([
    ["trigger", "CREATE TRIGGER t AFTER INSERT ON tracks BEGIN DELETE FROM tracks; END"],
    [
      "check",
      `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'folder TEXT NOT NULL',
      'folder TEXT NOT NULL CHECK (path <> ''b.mp3'')') WHERE name = 'tracks'`,
    ],
    ["index", "CREATE INDEX i ON tracks (abs(iif(path = 'b.mp3', -9223372036854775807 - 1, 1)))"],
  ])("and a version of the future runs no %s of its own when its journal is read", async (_, sql) => {
    const root = await libraryAfter("SELECT 1");
    const store = await openStore(root);
    const release = await store.lock();
    await store.put({ analysis: analyzed(join(root, "b.mp3")), view: null });
    const [database, journal] = [databaseIn(root), join(root, ".playlista", "library.journal")];
    const [bytes, left] = [await readFile(database), await readFile(journal)];
    await release();
    await writeFile(database, bytes);
    await edit(database, (future) => future.run(`PRAGMA user_version = 99; ${sql}`));
    await writeFile(journal, left);
    const names = [...(await openStore(root)).all()].map(({ path }) => path.slice(root.length + 1));
    expect(names).toEqual(["a.mp3", "b.mp3"]);
  });

  test("and a version and layout of the future stays where it is", async () => {
    const root = await libraryAfter("DROP TABLE tracks; PRAGMA user_version = 99");
    await expect(openStore(root)).rejects.toMatchObject({ code: "newerVersion" });
    expect(await readdir(join(root, ".playlista"))).not.toContainEqual(expect.stringContaining("broken"));
  });

  test.each([
    "warnings = '{'",
    "warnings = '[null, 7, {}]'",
    "warnings = '{}'",
    "missing = '[null]'",
    "groups = 'null'",
    "versions_measurements = NULL",
    "tags_genre = '{', groups = '[\"tags\"]'",
    "error_code = 'corrupt', error_message = NULL, error_attempts = NULL",
  ])("and lists that are none (%s) still gives its numbers", async (change) => {
    const root = await libraryAfter(`UPDATE tracks SET ${change}`);
    const store = await openStore(root);
    const path = join(root, "a.mp3");
    const track = store.get(path);
    expect(track).toMatchObject({ warnings: [], missing: {}, versions: { app: "1.2.3" } });
    expect(track?.versions.measurements).toBeInstanceOf(Object);
    if (track?.tags) expect(track.tags.genre).toEqual([]);
    if (track?.error) expect(track.error).toMatchObject({ message: "", attempts: 0 });
    expect(store.getRow(path)?.tempo).toBe(124);
    expect(store.listFolder({ folder: null, offset: 0, limit: 10 }).tracks).toHaveLength(1);
  });
});
