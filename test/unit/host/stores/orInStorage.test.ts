/** Changes of a library whose folder can't be written. */
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import type { EngineErrorData, StoreLocation } from "../../../../src/shared/engineProtocol";
import { orInStorage } from "../../../../src/host/stores/orInStorage";
import { StorePlaces } from "../../../../src/host/stores/StorePlaces";

const [STORAGE, MUSIC] = [resolve("/storage"), resolve("/music")];

function makePlaces(): StorePlaces {
  const state = { get: () => undefined, update: () => Promise.resolve() };
  return new StorePlaces({ storage: STORAGE, placeOf: () => "workspace", state });
}

/** What the engine answers where it can't do a thing. */
function refusal(code: EngineErrorData["code"]): Error {
  return Object.assign(new Error("no"), { data: { code } satisfies EngineErrorData });
}

/** Refuses in the folder, and says where it was done. */
function changeRefusedWith(error: Error): (store: StoreLocation) => Promise<string> {
  return ({ database }) => (database.startsWith(STORAGE) ? Promise.resolve(database) : Promise.reject(error));
}

test("a change of a folder that can't be written is made in the editor's storage, and the next one at once", async () => {
  const places = makePlaces();
  const fallBack = (store: StoreLocation) => Promise.resolve(places.fallBack(store)?.location ?? null);
  const change = changeRefusedWith(refusal("readOnly"));
  const done = await orInStorage(places.locationOf(MUSIC), fallBack, change);
  expect(done).toBe(places.locationOf(MUSIC).database);
  expect(done.startsWith(STORAGE)).toBe(true);
});

test("any other failure is told, and the folder stays where its results are kept", async () => {
  const places = makePlaces();
  const own = places.locationOf(MUSIC);
  for (const error of [refusal("inUse"), refusal("cannotWrite"), new Error("a bug")]) {
    const fallBack = (store: StoreLocation) => Promise.resolve(places.fallBack(store)?.location ?? null);
    await expect(orInStorage(own, fallBack, changeRefusedWith(error))).rejects.toBe(error);
  }
  expect(places.locationOf(MUSIC)).toEqual(own);
});

test("where the storage can't be written either, that is told", async () => {
  const places = makePlaces();
  const error = refusal("readOnly");
  const storage = { database: join(STORAGE, "library.sqlite"), root: STORAGE };
  const fallBack = (store: StoreLocation) => Promise.resolve(places.fallBack(store)?.location ?? null);
  await expect(orInStorage(storage, fallBack, () => Promise.reject(error))).rejects.toBe(error);
});
