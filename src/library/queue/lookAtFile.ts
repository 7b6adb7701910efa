/** What has to be done for a file: nothing, because its stored result still holds, or an analysis. */
import { readdir, stat } from "node:fs/promises";
import type { Analysis, FileFacts } from "../../shared/analysis";
import type { FailureCode } from "../../shared/codes";
import { isOutdated, isSameFile } from "../../shared/freshness";
import type { Requested } from "../../shared/measurements";

/** Codes of a path that leads nowhere, or can't be one at all. */
const NO_SUCH_FILE = ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"];

export type Look =
  /** Its stored result, state "unchanged" or "failed". */
  | { kind: "stored"; analysis: Analysis }
  /** Told without an analysis: there is nothing to open. */
  | { kind: "refused"; code: FailureCode; message: string }
  /** `file` is null where even its size can't be read. */
  | { kind: "analyze"; file: FileFacts | null };

export interface Wanted {
  /** Analyses whatever is kept. */
  force: boolean;
  /** How often a file that failed and has not changed is tried again. */
  maxRetries: number;
  /** What a result must have, too, to be kept. */
  requested?: Requested;
}

/** `stored` is what is kept for the file. */
export async function lookAtFile(path: string, stored: Analysis | null, wanted: Wanted): Promise<Look> {
  const found = await find(path);
  if (found.kind === "refused") return found;
  const { file } = found;
  if (wanted.force || !stored?.file || !file || !isSameFile(file, stored.file))
    return { kind: "analyze", file };
  if (stored.error) {
    const isTriedEnough = stored.error.attempts > wanted.maxRetries;
    return isTriedEnough ? { kind: "stored", analysis: stored } : { kind: "analyze", file };
  }
  if (isOutdated(stored, wanted.requested)) return { kind: "analyze", file };
  return { kind: "stored", analysis: { ...stored, state: "unchanged" } };
}

type Found = Extract<Look, { kind: "refused" }> | { kind: "file"; file: FileFacts | null };

async function find(path: string): Promise<Found> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return await refuseFolder(path);
    if (!stats.isFile()) return refuse("notAFile", "This is a pipe, a device or a socket, not a file.");
    return { kind: "file", file: { size: stats.size, modified: stats.mtimeMs, sha256: null } };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    return NO_SUCH_FILE.includes(code)
      ? refuse("notFound", "There is no such file.")
      : { kind: "file", file: null };
  }
}

/** A search of folders names only one that it could not read; a program may name any. */
async function refuseFolder(path: string): Promise<Found> {
  const canBeRead = await readdir(path).then(
    () => true,
    () => false,
  );
  return canBeRead
    ? refuse("notAFile", "This is a folder, not a file. Name the files in it.")
    : refuse("unreadable", "This folder can't be read. Check its permissions.");
}

function refuse(code: FailureCode, message: string): Extract<Look, { kind: "refused" }> {
  return { kind: "refused", code, message };
}
