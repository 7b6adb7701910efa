/** A library of many tracks as a run leaves it. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { nextGeneration, writeGeneration } from "../../../src/library/store/generation";
import { manyTracks } from "../search/manyTracks";

export function libraryIn(root: string): string {
  return join(root, ".playlista", "library.sqlite");
}

/** Gives the path of the database. */
export async function writeLibrary(root: string, count: number): Promise<string> {
  const file = libraryIn(root);
  await mkdir(dirname(file), { recursive: true });
  const database = await manyTracks(count, root);
  // Rows of about 2 KB, as the goals are set for.
  const beats = Array.from({ length: 60 }, (_, i) => Math.round(i * 487.123) / 1000);
  database.run("UPDATE tracks SET rhythm_beats = ?", [JSON.stringify(beats)]);
  database.run("VACUUM");
  writeGeneration(database, nextGeneration(null));
  await writeFile(file, database.export());
  database.close();
  return file;
}
