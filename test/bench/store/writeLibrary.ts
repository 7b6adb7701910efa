/** A library of many tracks as a run leaves it. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { nextGeneration, writeGeneration } from "../../../src/library/store/generation";
import { manyTracks } from "../search/manyTracks";

export function libraryIn(root: string): string {
  return join(root, ".playlista", "library.sqlite");
}

/** Beats that make rows of about 2 KB, as the goals are set for. */
const BEATS = 60;

/** Gives the path of the database. */
export async function writeLibrary(root: string, count: number): Promise<string> {
  const file = libraryIn(root);
  await mkdir(dirname(file), { recursive: true });
  const database = await manyTracks(count, root, BEATS);
  writeGeneration(database, nextGeneration(null));
  await writeFile(file, database.export());
  database.close();
  return file;
}
