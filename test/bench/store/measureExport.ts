/** sql.js as it is mostly used: the whole file is exported and replaced at every save. */
import { readFile } from "node:fs/promises";
import initSqlJs from "sql.js";
import { replaceFile } from "../../../src/library/store/replaceFile";
import { timesOf, memoryMB, type Figures } from "./figures";
import { change, INDEX, PAGE, SEARCH } from "./questions";
import { libraryIn } from "./writeLibrary";

export async function measureExport(root: string): Promise<Figures> {
  const file = libraryIn(root);
  const { Database } = await initSqlJs();
  const load = async () => new Database(await readFile(file));
  const open = await timesOf(3, async () => {
    const database = await load();
    database.run(INDEX);
    database.exec("SELECT count(*) FROM sqlite_schema");
    database.close();
  });
  const database = await load();
  database.run(INDEX);
  const page = await timesOf(9, () => database.exec(PAGE));
  const found = await timesOf(9, () => database.exec(SEARCH));
  const memory = memoryMB();
  const save = await timesOf(5, (i) => {
    database.run(change(i));
    return replaceFile(file, database.export());
  });
  return { open, page, search: found, save, snapshot: save, memory };
}
