/** The store as commands open it, with what it warns of on standard error. */
import { SharedStore } from "../library/store/sharing/SharedStore";
import type { Store } from "../library/store/Store";
import type { Log } from "../shared/log";
import { printable } from "./printable";
import { storeLocation } from "./storeLocation";

const log: Log = (level, _scope, message) => {
  if (level === "warn" || level === "error") process.stderr.write(`${printable(message)}\n`);
};

/** Opens the store for as long as `use` takes. Throws StoreError when it cannot be read. */
export async function withStore<T>(
  database: string | undefined,
  use: (store: Store) => Promise<T>,
): Promise<T> {
  const store = await SharedStore.open(storeLocation(database), { user: "command line", log });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
