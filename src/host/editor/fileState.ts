/** What the file on disk is now, against what the analysis was made from. */
import { stat } from "node:fs/promises";
import type { FileFacts } from "../../shared/analysis";
import type { FileState } from "../../shared/pageProtocol";

export interface FileOnDisk {
  /** Bytes. */
  size: number;
  /** Last modification in ms since 1970. */
  modified: number;
}

/** Null when there is no such file. */
export async function readFileOnDisk(path: string): Promise<FileOnDisk | null> {
  return stat(path).then(
    ({ size, mtimeMs }) => ({ size, modified: mtimeMs }),
    () => null,
  );
}

/** Compares by size and time of modification; fractions of a millisecond get lost on some file systems. */
export function fileState(analyzed: FileFacts | null, now: FileOnDisk | null): FileState {
  if (now === null) return "gone";
  if (analyzed === null) return "same";
  const isSame = analyzed.size === now.size && Math.abs(analyzed.modified - now.modified) < 1;
  return isSame ? "same" : "changed";
}
