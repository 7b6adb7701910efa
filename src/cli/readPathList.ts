/** Paths from `--files-from`: one a line, or ended by NUL, from a file or (with "-") from stdin. */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";

export async function readPathList(from: string, isNulSeparated: boolean): Promise<string[]> {
  const content = from === "-" ? await text(process.stdin) : await readFile(from, "utf8");
  const separator = isNulSeparated ? "\0" : /\r?\n/;
  return content.split(separator).filter((path) => path !== "");
}
