/**
 * Puts the in-memory database on disk as a whole. The cost is that of the library, not of the change: a
 * journal between TrackStore.put and this function would turn that around.
 */
import type { Database } from "sql.js";
import type { Stamp } from "./loadDatabase";
import { replaceFile } from "./replaceFile";

/** `beforeRename` may stop the save by throwing: the old file then stays as it is. */
export async function saveDatabase(
  database: Database,
  path: string,
  beforeRename: () => Promise<void>,
): Promise<Stamp> {
  const { ino, mtimeMs, size } = await replaceFile(path, database.export(), beforeRename);
  // Exporting closes and reopens the connection, and with it goes what is set per connection.
  database.run("PRAGMA foreign_keys = ON");
  return { ino, mtimeMs, size };
}
