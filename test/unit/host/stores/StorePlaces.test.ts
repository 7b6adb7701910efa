/** Where a folder's results are looked for: by the setting of the moment, and by what could not be written. */
import { basename, dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import type { DatabasePlace } from "../../../../src/host/manifest";
import type { State } from "../../../../src/host/runs/UnfinishedRun";
import { StorePlaces } from "../../../../src/host/stores/StorePlaces";

const MUSIC = resolve("/home/ada/Music");
const LOOPS = resolve("/home/ada/Loops");
const STORAGE = resolve("/home/ada/.config/storage");

/** What a window keeps for the next one. */
class Memory implements State {
  readonly kept = new Map<string, unknown>();
  get(key: string): unknown {
    return this.kept.get(key);
  }
  update(key: string, value: unknown): Promise<void> {
    this.kept.set(key, value);
    return Promise.resolve();
  }
}

function makePlaces(chosen: Record<string, DatabasePlace> = {}, state: State = new Memory()): StorePlaces {
  return new StorePlaces({ storage: STORAGE, placeOf: (folder) => chosen[folder] ?? "workspace", state });
}

const isBelow = (file: string, folder: string): boolean => !relative(folder, file).startsWith("..");

test("results lie in the folder itself without another word", () => {
  const database = join(MUSIC, ".playlista", "library.sqlite");
  expect(makePlaces().locationOf(MUSIC)).toEqual({ database, root: MUSIC });
});

test("by the setting they lie in the editor's storage, one store a folder, paths still from the folder", () => {
  const places = makePlaces({ [MUSIC]: "storage", [LOOPS]: "storage" });
  const [music, loops] = [places.locationOf(MUSIC), places.locationOf(LOOPS)];
  expect([music.root, loops.root]).toEqual([MUSIC, LOOPS]);
  expect(music.database).not.toBe(loops.database);
  for (const { database } of [music, loops]) {
    expect(isBelow(database, STORAGE)).toBe(true);
    expect(basename(dirname(database))).toBe(".playlista");
  }
  expect(makePlaces({ [MUSIC]: "storage" }).locationOf(MUSIC)).toEqual(music);
});

test("each folder has its own choice, and a change of the setting acts at once", () => {
  const chosen: Record<string, DatabasePlace> = { [MUSIC]: "storage" };
  const places = makePlaces(chosen);
  const [inStorage, inFolder] = [places.locationOf(MUSIC), places.otherOf(MUSIC)];
  expect(isBelow(places.locationOf(LOOPS).database, LOOPS)).toBe(true);
  chosen[MUSIC] = "workspace";
  expect(places.locationOf(MUSIC)).toEqual(inFolder);
  expect(places.otherOf(MUSIC)).toEqual(inStorage);
});

test("a folder that can't be written falls back to the storage, is new once, and is known to the next window", () => {
  const state = new Memory();
  const places = makePlaces({}, state);
  const own = places.locationOf(MUSIC);
  const location = places.otherOf(MUSIC);
  expect(places.fallBack(own)).toEqual({ location, isNew: true });
  expect(places.fallBack(own)).toEqual({ location, isNew: false });
  expect(places.locationOf(MUSIC)).toEqual(location);
  expect(places.locationOf(LOOPS).database).toBe(join(LOOPS, ".playlista", "library.sqlite"));
  const next = makePlaces({}, state);
  expect(next.locationOf(MUSIC)).toEqual(location);
  next.tryAgain(MUSIC);
  expect(next.locationOf(MUSIC)).toEqual(own);
  expect(makePlaces({}, state).locationOf(MUSIC)).toEqual(own);
});

test("a storage that can't be written has nothing to fall back to", () => {
  const places = makePlaces({ [MUSIC]: "storage" });
  expect(places.fallBack(places.locationOf(MUSIC))).toBeNull();
  expect(places.fallBack({ database: join(STORAGE, "library.sqlite"), root: STORAGE })).toBeNull();
});

test("what an older or damaged state holds is passed over", () => {
  const state = new Memory();
  state.kept.set("playlista.readOnlyFolders", [7, null, MUSIC]);
  expect(isBelow(makePlaces({}, state).locationOf(MUSIC).database, STORAGE)).toBe(true);
  state.kept.set("playlista.readOnlyFolders", "all");
  expect(isBelow(makePlaces({}, state).locationOf(MUSIC).database, MUSIC)).toBe(true);
});
