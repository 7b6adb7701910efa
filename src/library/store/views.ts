/** What pages draw and what results tell over time, as files by content beside the database: a row's hash names its file. */
import { rm } from "node:fs/promises";
import type { Analysis } from "../../shared/analysis";
import { decodeView } from "../../shared/viewFile";
import type { View } from "../../shared/view";
import { readRegularFile } from "./readRegularFile";
import { replaceFile } from "./replaceFile";
import type { StoreFiles } from "./StoreFiles";

/** Far above what any length of sound needs. */
const MAX_BYTES = 64 * 1024 * 1024;

export async function writeView(files: StoreFiles, sha256: string, bytes: Uint8Array): Promise<void> {
  const view = files.view(sha256);
  if (view === null) throw new Error(`"${sha256}" is no SHA-256 of a view's file.`);
  try {
    await replaceFile(view, bytes, { disk: files.disk });
  } catch (error) {
    // The next owner of the database has cleared away our half: any process writes views, also one that was stopped.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    await replaceFile(view, bytes, { disk: files.disk });
  }
}

/** Null also for a file that can't be read, or is none (a pipe, a folder): an analysis makes it anew. */
export async function readViewBytes(files: StoreFiles, sha256: string): Promise<Uint8Array | null> {
  const view = files.view(sha256);
  if (view === null) return null;
  try {
    return (await readRegularFile(view, MAX_BYTES)).bytes;
  } catch {
    return null;
  }
}

/** A result with its segments, as the analysis gave them, or with the reason why they are not there. */
export async function withSegments(files: StoreFiles, analysis: Analysis): Promise<Analysis> {
  if (analysis.segments || analysis.state === "failed") return analysis;
  const sha256 = analysis.file?.sha256;
  const segments = (sha256 && (await readView(files, sha256))?.segments) || null;
  return segments
    ? { ...analysis, segments }
    : { ...analysis, missing: { ...analysis.missing, segments: "notKept" } };
}

export async function removeView(files: StoreFiles, sha256: string): Promise<void> {
  const view = files.view(sha256);
  if (view !== null) await rm(view, { force: true });
}

/** Null also for a file that is damaged or of another version. */
async function readView(files: StoreFiles, sha256: string): Promise<View | null> {
  const bytes = await readViewBytes(files, sha256);
  return bytes && decodeView(bytes);
}
