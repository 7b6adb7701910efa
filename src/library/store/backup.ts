/**
 * Copies of the database from before it was changed for good, beside it in a folder of their own. Each opens as a
 * database: its journal, if it needs one, lies beside it under the same name.
 */
import { mkdir, readdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { readStamp } from "./loadDatabase";
import { temporaryFor } from "./replaceFile";
import type { StoreFiles } from "./StoreFiles";

/** As many are kept. */
const MAX_BACKUPS = 5;

/** What their names begin with; so they are told from what else may lie there. */
const TIME = /^\d{4}-\d\d-\d\dT[\d-]+\.\d{3}Z-/;

/** Before a new layout, before an import, or because it was asked for. */
const REASONS = ["migration", "import", "asked"] as const;
export type BackupReason = (typeof REASONS)[number];

/** Tells a reason from anything else that another process may send. */
export function isBackupReason(value: unknown): value is BackupReason {
  return REASONS.some((reason) => reason === value);
}

/**
 * The lock must be held, and nothing may be written meanwhile. Resolves to the path of the copy, or to null where
 * there is no database file yet.
 */
export async function backUp(files: StoreFiles, reason: BackupReason): Promise<string | null> {
  const { disk, backups, database, journal } = files;
  await mkdir(backups, { recursive: true });
  const time = new Date().toISOString().replaceAll(":", "-");
  const copy = join(backups, `${time}-${endOf(database, reason)}`);
  // Its journal first: a copy without the journal it needs would be an older state.
  await copyDurably(files, journal, journalOf(copy));
  if (!(await copyDurably(files, database, copy))) {
    await disk.remove(journalOf(copy));
    return null;
  }
  await disk.syncFolder(backups);
  await removeOldest(files, copy);
  return copy;
}

function endOf(database: string, reason: BackupReason): string {
  return `${basename(database, extname(database)).toLowerCase()}-${reason}.sqlite`;
}

function databaseOf(journal: string): string {
  return journal.replace(/\.journal$/, ".sqlite");
}

function journalOf(copy: string): string {
  return copy.replace(/\.sqlite$/, ".journal");
}

/** False where there is nothing to copy. Whole, or not there under this name: half a copy is no backup. */
async function copyDurably({ disk }: StoreFiles, from: string, to: string): Promise<boolean> {
  if ((await readStamp(from)) === null) return false;
  const temporary = temporaryFor(to);
  try {
    await disk.copy(from, temporary);
    const file = await disk.openToAppend(temporary);
    await file.sync().finally(() => file.close());
    await disk.rename(temporary, to);
    return true;
  } catch (error) {
    await disk.remove(temporary).catch(() => undefined);
    throw error;
  }
}

/** Of this database's own copies; the one just made stays, whatever times the names of others say. */
async function removeOldest({ disk, backups, database }: StoreFiles, latest: string): Promise<void> {
  const ends = new Set(REASONS.map((reason) => endOf(database, reason)));
  const isOwn = (name: string): boolean => TIME.test(name) && ends.has(name.replace(TIME, ""));
  const names = await readdir(backups);
  const others = names.filter((name) => isOwn(name) && name !== basename(latest));
  for (const name of others.sort().slice(0, 1 - MAX_BACKUPS)) {
    await disk.remove(join(backups, name));
    await disk.remove(join(backups, journalOf(name)));
  }
  // Of a copy that was cut off when it had its journal only.
  const alone = (name: string): boolean => name.endsWith(".journal") && !names.includes(databaseOf(name));
  for (const name of names)
    if (alone(name) && isOwn(databaseOf(name))) await disk.remove(join(backups, name));
}
