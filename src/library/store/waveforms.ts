/** Waveforms as files by content, beside the database: a row's hash names its file. */
import { readFile, rm } from "node:fs/promises";
import { replaceFile } from "./replaceFile";
import type { StoreFiles } from "./StoreFiles";

export async function writeWaveform(files: StoreFiles, sha256: string, bytes: Uint8Array): Promise<void> {
  await replaceFile(files.view(sha256), bytes);
}

export async function readWaveform(files: StoreFiles, sha256: string): Promise<Uint8Array | null> {
  // A database may come from elsewhere; its texts must not name files outside our folder.
  if (!/^[0-9a-f]{64}$/.test(sha256)) return null;
  try {
    return await readFile(files.view(sha256));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

export async function removeWaveform(files: StoreFiles, sha256: string): Promise<void> {
  await rm(files.view(sha256), { force: true });
}
