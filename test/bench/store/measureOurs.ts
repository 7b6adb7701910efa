/** Our store, by what surfaces and runs call. */
import { join } from "node:path";
import { loadStore } from "../../../src/library/store/loadStore";
import { replaceFile } from "../../../src/library/store/replaceFile";
import { search } from "../../../src/library/store/search/runSearch";
import { StoreFiles } from "../../../src/library/store/StoreFiles";
import { TrackStore } from "../../../src/library/store/TrackStore";
import { analyzed } from "../../unit/library/fixtures/someAnalysis";
import { timesOf, memoryMB, type Figures } from "./figures";
import { libraryIn } from "./writeLibrary";

export async function measureOurs(root: string): Promise<Figures> {
  const location = { database: libraryIn(root), root };
  const open = await timesOf(3, async () => {
    (await TrackStore.open(location, { user: "command line" })).close();
  });
  const store = await TrackStore.open(location, { user: "command line" });
  const folder = join(root, "Artist 1", "Album 1");
  const page = await timesOf(9, () => store.listFolder({ folder, offset: 0, limit: 100 }));
  const found = await timesOf(9, () =>
    search(() => store.database, root, "bpm:120-128 key:~8A", { offset: 0, limit: 100 }),
  );
  const release = await store.lock();
  const memory = memoryMB();
  const save = await timesOf(300, (i) =>
    store.put({ analysis: analyzed(join(folder, `new ${i}.flac`)), view: null }),
  );
  await release();
  store.close();
  const { database } = await loadStore(new StoreFiles(location.database));
  const snapshot = await timesOf(3, () => replaceFile(location.database, database.export()));
  return { open, page, search: found, save, snapshot, memory };
}
