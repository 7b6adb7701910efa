/** What it takes to bring the rows of a damaged library into a new one. */
import { open, stat } from "node:fs/promises";
import { TrackStore } from "../../../src/library/store/TrackStore";
import { timesOf, type Times } from "./figures";
import { libraryIn } from "./writeLibrary";

/** Spoils the layout, so that the file is known as broken at once; every row of it can still be read. */
export async function measureRescue(root: string): Promise<Times> {
  const database = libraryIn(root);
  const file = await open(database, "r+");
  const at = await placeOf(file, "AS file_hash", (await stat(database)).size);
  await file.write("AS file_hasX", at);
  await file.close();
  return timesOf(1, async () => {
    const store = await TrackStore.open({ database, root }, { user: "command line" });
    const release = await store.lock();
    const { analyzed, failed } = store.count();
    if (analyzed + failed === 0) throw new Error("nothing was rescued");
    await release();
    store.close();
  });
}

async function placeOf(file: Awaited<ReturnType<typeof open>>, text: string, size: number): Promise<number> {
  const bytes = Buffer.alloc(Math.min(size, 4_000_000));
  await file.read(bytes, 0, bytes.length, 0);
  const at = bytes.indexOf(text);
  if (at < 0) throw new Error("no such text");
  return at;
}
