/** Which tracks' files are no longer on the disk. */
import { stat } from "node:fs/promises";
import type { Database } from "sql.js";
import { isElsewhere } from "../../../shared/networkPath";
import { fromStoredPath } from "../storedPath";
import { StoreError } from "../StoreError";
import { selectRows } from "../trackQueries";

/** Files asked for at once. */
const AT_ONCE = 64;

export interface GoneTrack {
  id: number;
  /** Absolute. */
  path: string;
}

/**
 * By path. A file that can't be asked for (no permission, a device that fails, another machine) is not gone. Throws StoreError when
 * the library's own folder is not there: an unplugged disk has lost no files.
 */
export async function goneTracks(database: Database, root: string): Promise<GoneTrack[]> {
  if (await isGone(root)) throw new StoreError("cannotRead", `${root} is not there; is its disk connected?`);
  const tracks = selectRows(database, "SELECT id, path FROM tracks ORDER BY path")
    .map((row) => ({ id: Number(row["id"]), path: fromStoredPath(root, String(row["path"])) }))
    .filter(({ path }) => !isElsewhere(path, root));
  const gone: GoneTrack[] = [];
  for (let at = 0; at < tracks.length; at += AT_ONCE) {
    const some = tracks.slice(at, at + AT_ONCE);
    const answers = await Promise.all(some.map(({ path }) => isGone(path)));
    gone.push(...some.filter((_, index) => answers[index]));
  }
  return gone;
}

async function isGone(path: string): Promise<boolean> {
  return stat(path).then(
    () => false,
    (error: unknown) => ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? ""),
  );
}
