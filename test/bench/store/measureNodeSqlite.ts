/** SQLite of Node 24, native and on the file itself: what a native module could give, in WAL mode with full syncs. */
import { timesOf, memoryMB, type Figures } from "./figures";
import { change, INDEX, PAGE, SEARCH } from "./questions";
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
  const open = await timesOf(3, () => {
    const database = load();
    database.prepare("SELECT count(*) FROM sqlite_schema").all();
    database.close();
  });
  const database = load();
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.exec(INDEX);
  const page = await timesOf(9, () => database.prepare(PAGE).all());
  const found = await timesOf(9, () => database.prepare(SEARCH).all());
  const memory = memoryMB();
  const save = await timesOf(300, (i) => {
    database.exec(change(i));
  });
  const snapshot = await timesOf(3, () => {
    database.exec(`VACUUM INTO '${file}-${performance.now()}'`);
  });
  database.close();
  return { open, page, search: found, save, snapshot, memory };
}
