/** What the file on disk is now, against what the analysis was made from. */
import { stat } from "node:fs/promises";
import { isSameFile } from "../../shared/freshness";
import type { FileStamp } from "../../shared/freshness";
import type { FileState } from "../../shared/pageProtocol";

/** Null when there is no such file. */
export async function readFileOnDisk(path: string): Promise<FileStamp | null> {
  return stat(path).then(
    ({ size, mtimeMs }) => ({ size, modified: mtimeMs }),
    () => null,
  );
}

/** Where nothing is known of the analysed file (it could not be read), it is taken for the same. */
export function fileState(analyzed: FileStamp | null, now: FileStamp | null): FileState {
  if (now === null) return "gone";
  if (analyzed === null) return "same";
  return isSameFile(analyzed, now) ? "same" : "changed";
}
