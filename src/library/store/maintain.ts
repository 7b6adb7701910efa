/** What keeps a library in order. Results are forgotten only after a copy of the database was made. */
import type { Maintained, Maintenance } from "../../shared/engineProtocol";
import type { Store } from "./Store";
import { goneBeforeCopy } from "./storeFailures";

/** Another's short change is over in this time; nobody waits for a run. */
const WAIT_MS = 2000;
/** More than any library has. */
const MANY = 10_000_000;

/** Throws StoreError: "inUse" while another process writes, "cannotRead" where the library's folder is not there. */
export async function maintain(store: Store, action: Maintenance): Promise<Maintained> {
  switch (action) {
    case "check": {
      const { tracks, problems } = await store.check();
      return { action, tracks, problems };
    }
    case "backUp":
      return { action, file: await whileWriting(store, () => store.backUp("asked")) };
    case "compact":
      return { action, freed: await whileWriting(store, () => store.compact()) };
    case "removeMissing":
      return { action, removed: await forget(store, await store.gone()) };
    case "forgetFailures":
      return { action, removed: await forget(store, await failedPaths(store)) };
  }
}

/** The absolute paths of all failed files. */
export async function failedPaths(store: Pick<Store, "listFailed">): Promise<string[]> {
  return (await store.listFailed(MANY)).map(({ path }) => path);
}

function forget(store: Store, paths: string[]): Promise<string[]> {
  if (paths.length === 0) return Promise.resolve([]);
  return whileWriting(store, async () => {
    if ((await store.backUp("asked")) === null) throw goneBeforeCopy(store.location.database);
    return store.remove(paths);
  });
}

async function whileWriting<T>(store: Store, act: () => Promise<T>): Promise<T> {
  const end = await store.beginWriting({ limitMs: WAIT_MS });
  try {
    return await act();
  } finally {
    await end();
  }
}
