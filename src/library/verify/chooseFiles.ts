/** Chooses files to verify with among all that a folder has: some from everywhere in it, none that takes minutes. */
import { stat } from "node:fs/promises";
import { findAudio, type FindOptions } from "../files/findAudio";

/** Larger files are chosen only where there are no others. */
const MAX_BYTES = 50_000_000;

/** At most `most` absolute paths, spread evenly over what was found. Throws the signal's reason. */
export async function chooseFiles(
  paths: readonly string[],
  { most, ...find }: Pick<FindOptions, "exclude" | "signal"> & { most: number },
): Promise<string[]> {
  const found: string[] = [];
  const quick: string[] = [];
  for await (const file of findAudio(paths, find)) {
    found.push(file);
    if ((await sizeOf(file)) <= MAX_BYTES) quick.push(file);
  }
  return spread(quick.length > 0 ? quick : found, most);
}

function spread(files: readonly string[], most: number): string[] {
  if (files.length <= most) return [...files];
  return files.filter(
    (_, i) => Math.floor((i * most) / files.length) !== Math.floor(((i - 1) * most) / files.length),
  );
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
