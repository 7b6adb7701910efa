/**
 * Changes of a library that are no run (an import, a copy, a removal): where the folder turns out to be read-only they are
 * done in the editor's storage, as a run's results would be kept there. Free of `vscode`.
 */
import type { StoreLocation } from "../../shared/engineProtocol";
import { engineErrorCode } from "../engine/engineErrorCode";

/** Where what can't be written is kept instead, or null. */
export type FallBack = (store: StoreLocation) => Promise<StoreLocation | null>;

/** `change` must do nothing, or throw, before it can write. Throws what it threw last. */
export async function orInStorage<T>(
  store: StoreLocation,
  fallBack: FallBack,
  change: (store: StoreLocation) => Promise<T>,
): Promise<T> {
  try {
    return await change(store);
  } catch (error) {
    const instead = engineErrorCode(error) === "readOnly" ? await fallBack(store) : null;
    if (!instead) throw error;
    return change(instead);
  }
}
