/**
 * What is done with a library that somebody has written, on Windows: no file on another machine is asked for. There is
 * no Windows here: paths are made as they are there, and what is looked at is written down instead of looked at.
 */
import type * as Path from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { FileMatcher, suggestMapping } from "../../../src/library/store/import/FileMatcher";
import { selectKnown } from "../../../src/library/store/knownContent";
import { openInMemory } from "../../../src/library/store/loadDatabase";
import { migrate } from "../../../src/library/store/schema";
import { applyOperations } from "../../../src/library/store/operations";
import { trackRow } from "../../../src/library/store/trackChanges";
import { goneTracks } from "../../../src/library/store/search/goneTracks";
import { Recognizer } from "../../../src/library/queue/Recognizer";
import { analyzed } from "./fixtures/someAnalysis";

const looked = vi.hoisted((): string[] => []);

vi.mock("node:path", async (original) => {
  const { win32 } = await original<typeof Path>();
  return { ...win32, default: win32 };
});
vi.mock("node:fs/promises", async (original) => ({
  ...(await original<object>()),
  stat: (path: string) => {
    looked.push(path);
    return path === ROOT
      ? Promise.resolve({})
      : Promise.reject(Object.assign(new Error(), { code: "ENOENT" }));
  },
}));

const ROOT = "C:\\Music";
const EVIL = ["//evil/share/a.mp3", "\\\\evil\\share\\a.mp3", "//?/UNC/evil/share/a.mp3"];
const facts = { size: 5, modified: 1, sha256: "a".repeat(64) };

beforeEach(() => {
  looked.length = 0;
});

async function library() {
  const database = await openInMemory();
  migrate(database, 0);
  const row = trackRow(ROOT, analyzed("C:\\Music\\a.mp3"), null, null);
  for (const path of ["Jazz/mine.mp3", "D:/Other/mine.mp3", ...EVIL])
    applyOperations(database, [{ kind: "put", table: "tracks", row: { ...row, path } }]);
  return database;
}

test("a search for files that are gone", async () => {
  const gone = await goneTracks(await library(), ROOT);
  expect(gone.map(({ path }) => path).sort()).toEqual(["C:\\Music\\Jazz\\mine.mp3", "D:\\Other\\mine.mp3"]);
  expect(looked.sort()).toEqual([ROOT, "C:\\Music\\Jazz\\mine.mp3", "D:\\Other\\mine.mp3"]);
});

test("a run over the library's folder looks for what it knows below that folder only", async () => {
  const known = selectKnown(await library(), ROOT, [ROOT]);
  expect(known.map(({ path }) => path)).toEqual(["C:\\Music\\Jazz\\mine.mp3"]);
});

test("a file that may have been moved from there", async () => {
  const found = ["\\\\evil\\share\\a.mp3", "C:\\Music\\gone.mp3"].map((path) => ({
    ...analyzed(path),
    file: facts,
  }));
  const store = {
    location: { root: ROOT },
    ofSize: () => Promise.resolve(found),
    recognize: () => Promise.resolve(null),
  };
  const candidates = await new Recognizer(store, { essentia: false }).candidates("C:\\Music\\new.mp3", facts);
  expect(candidates.map(({ path }) => path)).toEqual(["C:\\Music\\gone.mp3"]);
  expect(looked).toEqual(["C:\\Music\\gone.mp3"]);
});

test("an import of an earlier database", async () => {
  await suggestMapping(EVIL, ROOT);
  const matcher = new FileMatcher(null, ROOT);
  for (const path of EVIL)
    expect(await matcher.find({ path, size: null })).toEqual({ kind: "none", reason: "unusablePath" });
  expect(looked).toEqual([]);
});
