/**
 * Writes a file so that a reader, or a machine that loses power, sees the old content or the new, never a
 * part: a temporary file beside it, write, sync, rename, sync of the folder.
 */
import type { Stats } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { realDisk, type Disk } from "./disk";

const TEMPORARY = /^(.+)\.\d+-\d+\.tmp$/;
let written = 0;

/** A name beside a file, by which removeTemporaries knows what a died process left of it. */
export function temporaryFor(path: string): string {
  return `${path}.${process.pid}-${++written}.tmp`;
}

export interface ReplaceOptions {
  /** May still stop it by throwing. */
  beforeRename?: (() => Promise<void>) | undefined;
  /** Told as soon as the new content is in place, though a power cut may still undo it. */
  onRenamed?: ((stats: Stats) => void) | undefined;
  disk?: Disk | undefined;
}

/** Replaces `path` by `bytes` and gives the new file's facts. */
export async function replaceFile(
  path: string,
  bytes: Uint8Array | string,
  { beforeRename, onRenamed, disk = realDisk }: ReplaceOptions = {},
): Promise<Stats> {
  const temporary = temporaryFor(path);
  let stats: Stats;
  try {
    stats = await writeAndSync(disk, temporary, bytes);
    await beforeRename?.();
    await disk.rename(temporary, path);
  } catch (error) {
    await disk.remove(temporary).catch(() => undefined);
    throw error;
  }
  onRenamed?.(stats);
  await disk.syncFolder(dirname(path));
  return stats;
}

/** Removes what died processes left behind in making or replacing the files that `isOurs` knows by name. */
export async function removeTemporaries(folder: string, isOurs: (name: string) => boolean): Promise<void> {
  const stale = (await namesIn(folder)).filter((name) => isOurs(TEMPORARY.exec(name)?.[1] ?? ""));
  await Promise.all(stale.map((name) => rm(join(folder, name), { force: true })));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

async function writeAndSync(disk: Disk, path: string, bytes: Uint8Array | string): Promise<Stats> {
  const file = await disk.create(path);
  try {
    await file.append(bytes);
    await file.sync();
    return await file.stat();
  } finally {
    await file.close();
  }
}
