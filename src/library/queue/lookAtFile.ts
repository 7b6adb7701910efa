/** What has to be done for a file: nothing, because its stored result still holds, or an analysis. */
import { stat } from "node:fs/promises";
import type { Analysis, FileFacts } from "../../shared/analysis";
import { isOutdated, isSameFile } from "../../shared/freshness";

/** A file that failed this often without a change is not tried again unasked. */
const MAX_ATTEMPTS = 3;

export type Look =
  /** Its stored result, state "unchanged" or "failed". */
  | { kind: "stored"; analysis: Analysis }
  | { kind: "gone" }
  /** `file` is null where even its size can't be read. */
  | { kind: "analyze"; file: FileFacts | null };

/** `stored` is what is kept for the file; `force` analyses whatever is kept. */
export async function lookAtFile(path: string, stored: Analysis | null, force: boolean): Promise<Look> {
  const file = await readFacts(path);
  if (file === "gone") return { kind: "gone" };
  if (force || !stored?.file || !file || !isSameFile(file, stored.file)) return { kind: "analyze", file };
  if (stored.error) {
    const isTriedEnough = stored.error.attempts >= MAX_ATTEMPTS;
    return isTriedEnough ? { kind: "stored", analysis: stored } : { kind: "analyze", file };
  }
  if (isOutdated(stored)) return { kind: "analyze", file };
  return { kind: "stored", analysis: { ...stored, state: "unchanged" } };
}

async function readFacts(path: string): Promise<FileFacts | null | "gone"> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { size, modified: mtimeMs, sha256: null };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    return ["ENOENT", "ENOTDIR"].includes(code) ? "gone" : null;
  }
}
