/** What another program has yet to bring into the database file would be applied to ours, and spoil it. */
import { stat } from "node:fs/promises";
import { StoreError } from "./StoreError";

/** Throws StoreError ("cannotWrite") where such changes lie beside the database at `path`. */
export async function refuseUnsaved(path: string): Promise<void> {
  for (const journal of [`${path}-wal`, `${path}-journal`]) {
    if (!(await isFilled(journal))) continue;
    const message = `Another program has ${path} open, or ended before it saved (${journal}): close it there, or open it there and close it.`;
    throw new StoreError("cannotWrite", message);
  }
}

async function isFilled(path: string): Promise<boolean> {
  try {
    return (await stat(path)).size > 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
