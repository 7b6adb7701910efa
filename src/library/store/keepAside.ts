/** Whatever lies where the store has to write and is not to be lost stays beside it, under a name that tells why. */
import { lstat } from "node:fs/promises";
import type { StoreFiles } from "./StoreFiles";

/** Gives the new path; null where there was nothing. */
export async function keepAside(
  { disk, folder }: StoreFiles,
  path: string,
  why: "broken" | "damaged" | "replaced" | "unused",
  how: "move" | "copy",
): Promise<string | null> {
  if (!(await exists(path))) return null;
  const aside = `${path}.${why}-${new Date().toISOString().replaceAll(":", "-")}`;
  await (how === "move" ? disk.rename(path, aside) : disk.copy(path, aside));
  await disk.syncFolder(folder);
  return aside;
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
