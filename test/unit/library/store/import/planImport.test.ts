/** Which file here is which there, and what becomes of each: the sums add up, nothing is guessed by its name. */
import { mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { EarlierLibrary, EarlierTrack } from "../../../../../src/library/store/import/EarlierTrack";
import { FileMatcher, suggestMapping } from "../../../../../src/library/store/import/FileMatcher";
import { planImport, type ImportPlan } from "../../../../../src/library/store/import/planImport";
import { makeFolder } from "../../fixtures/someFiles";

/** A folder with files of these sizes. */
async function library(files: Readonly<Record<string, number>>): Promise<string> {
  const root = await makeFolder();
  for (const [name, size] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), Buffer.alloc(size));
  }
  return root;
}

describe("a file is found", () => {
  test("by its path below the mapped folder", async () => {
    const root = await library({ "a/one.mp3": 3 });
    const matcher = new FileMatcher({ from: "/music/", to: root }, "/nowhere");
    const { mtimeMs } = await stat(join(root, "a/one.mp3"));
    const file = { path: join(root, "a/one.mp3"), size: 3, modified: mtimeMs };
    expect(await matcher.find({ path: "/music/a/one.mp3", size: null })).toEqual({ kind: "file", file });
    expect(await matcher.find({ path: "/music//b/../a/one.mp3", size: 3 })).toEqual({ kind: "file", file });
  });

  test("by name and size where it has moved, if it is the only one", async () => {
    const root = await library({ "x/one.mp3": 3, "y/one.mp3": 4, "z/two.mp3": 5, "w/two.mp3": 5 });
    const matcher = new FileMatcher({ from: "/music", to: root }, root);
    const find = (path: string, size: number | null): Promise<unknown> => matcher.find({ path, size });
    expect(await find("/music/one.mp3", 4)).toMatchObject({ file: { path: join(root, "y/one.mp3") } });
    expect(await find("/music/two.mp3", 5)).toEqual({ kind: "none", reason: "ambiguous" });
    expect(await find("/music/one.mp3", 9)).toEqual({ kind: "none", reason: "noSuchFile" });
    expect(await find("/music/one.mp3", null)).toEqual({ kind: "none", reason: "noSuchFile" });
  });

  test("not where another recording lies now", async () => {
    const root = await library({ "one.mp3": 3 });
    const matcher = new FileMatcher({ from: "/music", to: root }, root);
    expect(await matcher.find({ path: "/music/one.mp3", size: 4 })).toEqual({
      kind: "none",
      reason: "otherContent",
    });
  });

  test("never outside of the mapped folder, and not under what is no path", async () => {
    const root = await library({ "one.mp3": 3, "in/two.mp3": 1 });
    const matcher = new FileMatcher({ from: "/music", to: join(root, "in") }, join(root, "in"));
    for (const path of ["/music/../one.mp3", "../one.mp3", "/music/one\0.mp3"]) {
      expect(await matcher.find({ path, size: null }), path).toMatchObject({ kind: "none" });
    }
  });

  test("whatever way its accents are spelled", async () => {
    const root = await library({ ["caf\u00e9.mp3"]: 7 });
    const matcher = new FileMatcher({ from: "/music", to: root }, root);
    expect(await matcher.find({ path: "/music/cafe\u0301.mp3", size: 7 })).toMatchObject({ kind: "file" });
  });
});

describe("the mapping to offer", () => {
  test("is the container's folder of music, or what all have in common", async () => {
    expect(await suggestMapping(["/music/a/1.mp3", "/music/a/2.mp3"], "/here")).toEqual({
      from: "/music",
      to: "/here",
    });
    expect(await suggestMapping(["/srv/x/a/1.mp3", "/srv/x/b/2.mp3"], "/here")).toEqual({
      from: "/srv/x",
      to: "/here",
    });
  });

  test("is none where the files lie where the database says, or nothing is in common", async () => {
    const root = await library({ "one.mp3": 1 });
    expect(await suggestMapping([join(root, "one.mp3"), "/music/a.mp3"], "/here")).toBeNull();
    expect(await suggestMapping(["/a/1.mp3", "/b/2.mp3"], "/here")).toBeNull();
    expect(await suggestMapping(["a/1.mp3"], "/here")).toBeNull();
  });
});

describe("a plan", () => {
  const track = (path: string, more: Partial<EarlierTrack> = {}): EarlierTrack => ({
    path,
    size: null,
    analyzedAt: null,
    failure: null,
    isSeenOnly: false,
    taken: { "rhythm.tempo": 120 },
    own: {},
    tags: {},
    modelTags: [],
    leftOut: [{ name: "mfcc", reason: "wrongInput" }],
    ...more,
  });

  async function plan(
    root: string,
    tracks: EarlierTrack[],
    more: Partial<EarlierLibrary> = {},
    known: string[] = [],
  ): Promise<ImportPlan> {
    const earlier: EarlierLibrary = {
      variant: "B",
      tracks,
      playlists: [],
      orphaned: 0,
      warnings: [],
      ...more,
    };
    return planImport(earlier, {
      root,
      mapping: { from: "/music", to: root },
      knownHere: (paths) => Promise.resolve(paths.filter((path) => known.includes(path))),
    });
  }

  test("tells of each file what becomes of it, and of each value that is left out", async () => {
    const root = await library({ "a.mp3": 1, "b.mp3": 2, "c.mp3": 3, "d.mp3": 4 });
    const { results, summary } = await plan(
      root,
      [
        track("/music/a.mp3"),
        track("/music/./a.mp3", { taken: { "rhythm.tempo": 121 } }),
        track("/music/a.mp3", { failure: { message: "late" }, leftOut: [] }),
        track("/music/b.mp3", { failure: { message: null }, taken: {}, leftOut: [] }),
        track("/music/c.mp3", { size: 99 }),
        track("/music/d.mp3"),
        track("/music/gone.mp3"),
        track("/music/seen.mp3", { isSeenOnly: true }),
        track("/music/empty.mp3", { taken: {} }),
      ],
      {},
      [join(root, "d.mp3")],
    );
    expect(results.map(({ state, path }) => [state, path])).toEqual([
      ["imported", join(root, "a.mp3")],
      ["failed", join(root, "b.mp3")],
    ]);
    expect(results[0]?.rhythm?.tempo).toBe(121);
    expect(results[1]?.error).toMatchObject({ code: "failedEarlier", attempts: 0 });
    const reasons = Object.fromEntries(summary.skipped.map(({ reason, count }) => [reason, count]));
    expect(reasons).toEqual({
      repeated: 2,
      otherContent: 1,
      alreadyAnalyzed: 1,
      noSuchFile: 1,
      seenOnly: 1,
      nothingKept: 1,
    });
    const skipped = summary.skipped.reduce((sum, { count }) => sum + count, 0);
    expect(summary.imported + summary.failed + skipped).toBe(summary.tracks);
    expect(summary.leftOut).toEqual([{ name: "mfcc", reason: "wrongInput", count: 1 }]);
  });

  test("keeps playlists in order, without entries whose file is gone", async () => {
    const root = await library({ "a.mp3": 1, "b.mp3": 2 });
    const playlists = [
      {
        name: "Mix",
        paths: ["/music/b.mp3", "/music/gone.mp3", "/music/a.mp3", "/music/b.mp3"],
        orphaned: 2,
      },
      { name: "Lost", paths: ["/music/gone.mp3"], orphaned: 0 },
    ];
    const found = await plan(root, [track("/music/a.mp3")], { playlists });
    expect(found.playlists).toEqual([
      { name: "Mix", paths: ["b.mp3", "a.mp3", "b.mp3"].map((name) => join(root, name)) },
    ]);
    expect(found.summary).toMatchObject({ playlists: 1, playlistEntries: 3, playlistOrphans: 4 });
  });

  test("stops when it is told to", async () => {
    const earlier: EarlierLibrary = {
      variant: "E",
      tracks: [track("/a")],
      playlists: [],
      orphaned: 0,
      warnings: [],
    };
    const signal = AbortSignal.abort();
    const options = { root: "/", mapping: null, knownHere: () => Promise.resolve([]), signal };
    await expect(planImport(earlier, options)).rejects.toThrow(/abort/i);
  });
});
