import { dirname } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { LibraryNodes } from "../../../../src/host/views/LibraryNodes";
import type { GroupNode, LibraryNode, StoreNode } from "../../../../src/host/views/LibraryNodes";
import type { FolderPage, FolderParams, TrackRow } from "../../../../src/shared/engineProtocol";

const store = { database: "/m/.playlista/library.sqlite", root: "/m" };
const top: StoreNode = { kind: "store", id: store.database, store, folderName: "m", problem: null };

/** A store of one level of folders below its root, answering as the engine does. */
let rows: Map<string, TrackRow>;
let asked: FolderParams[];
let nodes: LibraryNodes;

function track(path: string, state: TrackRow["state"] = "analyzed"): TrackRow {
  return {
    path,
    state,
    errorCode: null,
    errorMessage: null,
    warnings: 0,
    duration: 1,
    tempo: null,
    camelot: null,
    integrated: null,
    file: null,
  };
}

function put(row: TrackRow): { store: typeof store; path: string; track: TrackRow } {
  rows.set(row.path, row);
  return { store, path: row.path, track: row };
}

function listFolder(params: FolderParams): FolderPage {
  asked.push(params);
  const folder = params.folder ?? store.root;
  const all = [...rows.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const here = all.filter(({ path }) => dirname(path) === folder);
  const below = params.folder === null ? all.filter(({ path }) => dirname(path) !== folder) : [];
  const folders = [...new Set(below.map(({ path }) => dirname(path)))].map((path) => {
    const inside = below.filter((row) => dirname(row.path) === path);
    return { path, tracks: inside.length, failed: inside.filter(({ state }) => state === "failed").length };
  });
  const tracks = here.slice(params.offset, params.offset + params.limit);
  return {
    folders: params.offset === 0 ? folders : [],
    tracks,
    remaining: Math.max(0, here.length - params.offset - tracks.length),
  };
}

const labels = (listed: readonly LibraryNode[]): string[] =>
  listed.map((node) => {
    if (node.kind === "folder") return `${node.row.path} ${node.row.tracks}/${node.row.failed}`;
    if (node.kind === "track") return node.row.path;
    return node.kind === "more" ? `more ${node.remaining}` : node.id;
  });

async function openFolder(path: string): Promise<LibraryNode[]> {
  const folder = (await nodes.childrenOf(top)).find(
    (node) => node.kind === "folder" && node.row.path === path,
  );
  if (folder?.kind !== "folder") throw new Error(`no folder ${path}`);
  return nodes.childrenOf(folder);
}

beforeEach(() => {
  rows = new Map();
  asked = [];
  nodes = new LibraryNodes((params) => Promise.resolve(listFolder(params)));
  for (const path of ["/m/a/1.mp3", "/m/a/2.mp3", "/m/b/1.mp3", "/m/top.mp3"]) put(track(path));
});

test("a level shows its folders with their counts, then its tracks", async () => {
  expect(labels(await nodes.childrenOf(top))).toEqual(["/m/a 2/0", "/m/b 1/0", "/m/top.mp3"]);
  expect(labels(await openFolder("/m/a"))).toEqual(["/m/a/1.mp3", "/m/a/2.mp3"]);
});

test("the same item is the same node at each listing, so that selection and expansion stay", async () => {
  const before = await nodes.childrenOf(top);
  put(track("/m/0.mp3"));
  const after = await nodes.childrenOf(top);
  expect(after.filter((node) => before.includes(node))).toEqual(before);
});

test("past 500 tracks there is an item that shows the next page, which stays shown", async () => {
  for (let number = 1000; number < 2100; number++) put(track(`/m/c/${number}.mp3`));
  const firstPage = await openFolder("/m/c");
  expect(firstPage).toHaveLength(501);
  expect(labels(firstPage).at(-1)).toBe("more 600");
  const more = firstPage.at(-1);
  if (more?.kind !== "more") throw new Error("no item for more");
  nodes.showMore(more.parent);
  const twoPages = await openFolder("/m/c");
  expect(twoPages).toHaveLength(1001);
  expect(labels(twoPages).at(-1)).toBe("more 100");
});

test("Load More that is clicked while a run lists the folder again still shows the next page", async () => {
  for (let number = 1000; number < 2100; number++) put(track(`/m/${number}.mp3`));
  await nodes.childrenOf(top);
  const listing = nodes.childrenOf(top);
  nodes.showMore(top);
  await listing;
  expect(await nodes.childrenOf(top)).toHaveLength(2 + 1000 + 1);
});

test("a track that was analysed again is the only thing drawn again, and nothing is asked", async () => {
  const [first] = await openFolder("/m/a");
  asked = [];
  const touched = await nodes.apply(top, [put({ ...track("/m/a/1.mp3"), tempo: 120 })]);
  expect(touched).toEqual([first]);
  expect(first).toMatchObject({ row: { tempo: 120 } });
  expect(asked).toEqual([]);
});

test("a new track draws its folder again, with its new count", async () => {
  await openFolder("/m/a");
  expect(labels(await nodes.apply(top, [put(track("/m/a/3.mp3"))]))).toEqual(["/m/a 3/0"]);
});

test("a track that fails now changes its folder's count of failures", async () => {
  await openFolder("/m/a");
  expect(labels(await nodes.apply(top, [put(track("/m/a/1.mp3", "failed"))]))).toEqual(["/m/a 2/1"]);
});

test("a new folder, or a change among the root's own files, draws the store again", async () => {
  await nodes.childrenOf(top);
  expect(await nodes.apply(top, [put(track("/m/new/1.mp3"))])).toEqual([top]);
  expect(await nodes.apply(top, [put(track("/m/top.mp3", "failed"))])).toEqual([top]);
});

test("a removed track is forgotten with its folder", async () => {
  await openFolder("/m/b");
  rows.delete("/m/b/1.mp3");
  expect(await nodes.apply(top, [{ store, path: "/m/b/1.mp3", track: null }])).toEqual([top]);
  expect(nodes.trackNode(store, "/m/b/1.mp3")).toBeNull();
});

test("a store that has never been shown is drawn as a whole", async () => {
  expect(await nodes.apply(top, [put(track("/m/a/9.mp3"))])).toEqual([top]);
  expect(asked).toEqual([]);
});

test("listed tracks are found by their path and by a folder above them, others are not", async () => {
  await openFolder("/m/a");
  const found = (...paths: string[]) => nodes.trackNodesAt(paths).map(({ row }) => row.path);
  expect(found("/m/top.mp3", "/m/unknown.mp3")).toEqual(["/m/top.mp3"]);
  expect(found("/m/a").sort()).toEqual(["/m/a/1.mp3", "/m/a/2.mp3"]);
  // Its folder is closed: nothing of it is listed.
  expect(found("/m/b")).toEqual([]);
});

test("a track that is in two groups is a row of its own in each, and a group stays the same row", async () => {
  const groups = ["House", "Soul"].map((name) => ({ name, query: `tag:="${name}"`, tracks: 1 }));
  const grouped = new LibraryNodes(({ within }) =>
    Promise.resolve(
      within === null
        ? { folders: [], groups, tracks: [], remaining: 0 }
        : { folders: [], tracks: [track("/m/a.flac")], remaining: 0 },
    ),
  );
  const listed = await grouped.childrenOf(top);
  expect(listed.map((node) => node.kind === "group" && node.group.name)).toEqual(["House", "Soul"]);
  expect(await grouped.childrenOf(top)).toEqual(listed);
  const rows = await Promise.all(listed.map((node) => grouped.childrenOf(node as GroupNode)));
  expect(rows.flat().map(({ kind }) => kind)).toEqual(["track", "track"]);
  expect(new Set(rows.flat().map(({ id }) => id)).size).toBe(2);
});
