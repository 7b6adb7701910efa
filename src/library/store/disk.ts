/**
 * The few things the store does to a disk when it writes its database and journal: one place at which a test can
 * fill the disk, take a permission away, or let the power fail between any two steps.
 */
import { constants, type Stats } from "node:fs";
import { copyFile, open, rename, rm, type FileHandle } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

export interface DiskFile {
  /** Writes all of it at the end, or fails with any part of it written. */
  append(bytes: Uint8Array | string): Promise<void>;
  /** Resolves when what was written outlasts a power cut. */
  sync(): Promise<void>;
  truncate(size: number): Promise<void>;
  stat(): Promise<Stats>;
  close(): Promise<void>;
}

export interface Disk {
  /** Fails where there is a file already. */
  create(path: string): Promise<DiskFile>;
  /** Fails where there is none, or a link to one. */
  openToAppend(path: string): Promise<DiskFile>;
  rename(from: string, to: string): Promise<void>;
  /** Fails where there is a file already. */
  copy(from: string, to: string): Promise<void>;
  /** There may be none. */
  remove(path: string): Promise<void>;
  /** Makes what was created, renamed or removed in a folder outlast a power cut. */
  syncFolder(path: string): Promise<void>;
}

/** Windows knows no such flag, and no such links by default. */
const NO_LINK = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0;

export const realDisk: Disk = {
  create: async (path) => new RealFile(await open(path, "ax")),
  openToAppend: async (path) =>
    new RealFile(await open(path, constants.O_WRONLY | constants.O_APPEND | NO_LINK)),
  rename: renameOver,
  copy: (from, to) => copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE),
  remove: (path) => rm(path, { force: true }),
  syncFolder,
};

class RealFile implements DiskFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  append(bytes: Uint8Array | string): Promise<void> {
    return this.#handle.appendFile(bytes);
  }

  sync(): Promise<void> {
    return this.#handle.datasync();
  }

  truncate(size: number): Promise<void> {
    return this.#handle.truncate(size);
  }

  stat(): Promise<Stats> {
    return this.#handle.stat();
  }

  close(): Promise<void> {
    return this.#handle.close();
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

/** Not every platform and file system can; there is nothing else to do there. */
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
