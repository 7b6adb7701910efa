/** sql.js as it is mostly used: the whole file is exported and replaced at every save. */
import { readFile } from "node:fs/promises";
import initSqlJs from "sql.js";
import { replaceFile } from "../../../src/library/store/replaceFile";
import { median, memoryMB, type Figures } from "./figures";
import { change, PAGE, SEARCH } from "./questions";
import { libraryIn } from "./writeLibrary";

export async function measureExport(root: string): Promise<Figures> {
  const file = libraryIn(root);
  const { Database } = await initSqlJs();
  const load = async () => new Database(await readFile(file));
  const open = await median(3, async () => {
    const database = await load();
    database.exec("SELECT count(*) FROM sqlite_schema");
    database.close();
  });
  const database = await load();
  const memory = memoryMB();
  const page = await median(9, () => database.exec(PAGE));
  const found = await median(9, () => database.exec(SEARCH));
  const save = await median(7, (i) => {
    database.run(change(i));
    return replaceFile(file, database.export());
  });
  return {
    ...{ open: open.cpu, page: page.cpu, search: found.cpu },
    ...{ save: save.cpu, saveWall: save.wall, snapshot: save.cpu, memory },
  };
}
