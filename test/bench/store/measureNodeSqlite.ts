/** SQLite of Node 24, native and on the file itself: what a native module could give, in WAL mode with full syncs. */
import { median, memoryMB, type Figures } from "./figures";
import { change, PAGE, SEARCH } from "./questions";
import { libraryIn } from "./writeLibrary";

interface Sqlite {
  DatabaseSync: new (path: string) => {
    exec(sql: string): void;
    prepare(sql: string): { all(): unknown[] };
    close(): void;
  };
}

export async function measureNodeSqlite(root: string): Promise<Figures> {
  const file = libraryIn(root);
  // The types of Node 20 know nothing of it.
  const name = "node:sqlite";
  const { DatabaseSync } = (await import(name)) as Sqlite;
  const load = () => new DatabaseSync(file);
  const open = await median(3, () => {
    const database = load();
    database.prepare("SELECT count(*) FROM sqlite_schema").all();
    database.close();
  });
  const database = load();
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  const memory = memoryMB();
  const page = await median(9, () => database.prepare(PAGE).all());
  const found = await median(9, () => database.prepare(SEARCH).all());
  const save = await median(300, (i) => {
    database.exec(change(i));
  });
  const snapshot = await median(3, () => {
    database.exec(`VACUUM INTO '${file}-${performance.now()}'`);
  });
  database.close();
  return {
    ...{ open: open.cpu, page: page.cpu, search: found.cpu },
    ...{ save: save.cpu, saveWall: save.wall, snapshot: snapshot.cpu, memory },
  };
}
