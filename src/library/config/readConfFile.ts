/** A playlista.conf on the disk, as it is shown before it is taken over. */
import { readFile, stat } from "node:fs/promises";
import type { ConfAnswer } from "../../shared/engineProtocol";
import { readConf } from "./readConf";

/** A file of settings has some hundred lines. */
const MAX_BYTES = 1_000_000;

/** Never throws: what keeps a file from being read is a sentence for the user. */
export async function readConfFile(path: string): Promise<ConfAnswer> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) return unreadable("It is too large to be a file of settings.");
    const { settings, outcomes, notices } = readConf(await readFile(path, "utf8"));
    return { preview: { settings, outcomes, notices }, problem: null };
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

function unreadable(problem: string): ConfAnswer {
  return { preview: null, problem };
}
