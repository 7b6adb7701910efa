/**
 * Writes a file so that a reader, or a machine that loses power, sees the old content or the new, never a
 * part: a temporary file beside it, write, sync, rename, sync of the folder.
 */
import type { Stats } from "node:fs";
import { open, readdir, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const TEMPORARY = /^(.+)\.\d+-\d+\.tmp$/;
let written = 0;

/** Replaces `path` by `bytes` and gives the new file's facts; `beforeRename` may still stop it by throwing. */
export async function replaceFile(
  path: string,
  bytes: Uint8Array | string,
  beforeRename?: () => Promise<void>,
): Promise<Stats> {
  const temporary = `${path}.${process.pid}-${++written}.tmp`;
  try {
    const stats = await writeAndSync(temporary, bytes);
    await beforeRename?.();
    await renameOver(temporary, path);
    await syncFolder(dirname(path));
    return stats;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Removes what died processes left behind in replacing the files that `isOurs` knows by name. */
export async function removeTemporaries(folder: string, isOurs: (name: string) => boolean): Promise<void> {
  const stale = (await readdir(folder)).filter((name) => isOurs(TEMPORARY.exec(name)?.[1] ?? ""));
  await Promise.all(stale.map((name) => rm(join(folder, name), { force: true })));
}

async function writeAndSync(path: string, bytes: Uint8Array | string): Promise<Stats> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
    return await file.stat();
  } finally {
    await file.close();
  }
}

/** Windows refuses a rename for as long as a virus scanner or indexer looks at the file. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const mayPass = process.platform === "win32" && ["EPERM", "EACCES", "EBUSY"].includes(codeOf(error));
      if (!mayPass || attempt === 8) throw error;
      await delay(25 * attempt);
    }
  }
}

/** Makes the rename itself durable. Not every platform and file system can; there is nothing else to do there. */
async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, "r");
    await handle.sync();
  } catch (error) {
    if (!["EISDIR", "EPERM", "EACCES", "EINVAL", "ENOTSUP"].includes(codeOf(error))) throw error;
  } finally {
    await handle?.close();
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "";
}
