/** `playlista search`: prints what a query finds. */
import { EXIT } from "./exitStatus";
import { withStore } from "./openStore";
import { resultTable, tableRow } from "./resultTable";
import { tellProblem } from "./tellProblem";

export interface SearchFlags {
  json: boolean;
  limit?: number;
  sort?: string;
  database?: string;
}

/** Results read at a time. */
const PAGE = 100;

/** Resolves to the exit status; finding nothing is no failure. */
export function searchCommand(query: string, { json, limit, database }: SearchFlags): Promise<number> {
  return withStore(database, async (store) => {
    const { found, problem } = await store.searchIds(query);
    if (!found) return tellProblem(query, problem);
    const ids = found.slice(0, limit ?? found.length);
    const rows: string[][] = [];
    for (let at = 0; at < ids.length; at += PAGE) {
      for (const analysis of await store.byIds(ids.slice(at, at + PAGE))) {
        if (json) process.stdout.write(`${JSON.stringify(await store.withSegments(analysis))}\n`);
        else rows.push(tableRow(analysis));
      }
    }
    if (rows.length > 0) process.stdout.write(`${resultTable(rows)}\n`);
    if (!json) process.stderr.write(`${counted(ids.length, found.length)}\n`);
    return EXIT.done;
  });
}

function counted(shown: number, found: number): string {
  const tracks = found === 1 ? "1 track found" : `${found} tracks found`;
  return shown < found ? `${tracks}, ${shown} shown` : tracks;
}
