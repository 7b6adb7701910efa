/** Which known files are gone, and which of those that were gone are there again. */
import { lstat } from "node:fs/promises";

interface KnownFile {
  path: string;
  isMissing: boolean;
}

/** Absolute paths. */
interface Gone {
  gone: string[];
  back: string[];
}

/** `found`: files that have just been seen. What can't be looked at counts as it did before. */
export async function findGone(known: readonly KnownFile[], found: ReadonlySet<string>): Promise<Gone> {
  const result: Gone = { gone: [], back: [] };
  for (const { path, isMissing } of known) {
    const isThere = found.has(path) || (await exists(path));
    if (isThere === null) continue;
    if (isThere && isMissing) result.back.push(path);
    if (!isThere && !isMissing) result.gone.push(path);
  }
  return result;
}

/** Null when that can't be told. */
async function exists(path: string): Promise<boolean | null> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    return code === "ENOENT" || code === "ENOTDIR" ? false : null;
  }
}
