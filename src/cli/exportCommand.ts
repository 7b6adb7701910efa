/** `playlista export`: stored results as a table, as JSON lines or as a playlist. */
import { once } from "node:events";
import { resolve } from "node:path";
import { exportToFile } from "../library/store/export/exportFile";
import { exportText } from "../library/store/export/exportText";
import type { Store } from "../library/store/Store";
import type { Exported, ExportFormat, SearchAnswer } from "../shared/engineProtocol";
import { EXIT } from "./exitStatus";
import { withStore } from "./openStore";
import { printable } from "./printable";
import { tellProblem } from "./tellProblem";

export interface ExportFlags {
  format: ExportFormat;
  output?: string;
  force: boolean;
  sort?: string;
  database?: string;
}

/** Resolves to the exit status. Throws StoreError when the file is there already, or not to be written. */
export function exportCommand(query: string, flags: ExportFlags): Promise<number> {
  const { format, output, force, database } = flags;
  return withStore(database, async (store) => {
    const { found, problem } = await (output === undefined
      ? exportToStdout(store, query, format)
      : exportToFile(store, { query, format, file: output, overwrite: force }));
    if (!found) return tellProblem(query, problem);
    const to = output === undefined ? "" : ` to ${printable(output)}`;
    const left = found.leftOut > 0 ? `, ${found.leftOut} left out` : "";
    process.stderr.write(`${found.written} written${to}${left}\n`);
    return EXIT.done;
  });
}

/** Waits for a slow reader. */
async function exportToStdout(
  store: Store,
  query: string,
  format: ExportFormat,
): Promise<SearchAnswer<Exported>> {
  const { found: ids, problem } = await store.searchIds(query);
  if (!ids) return { found: null, problem };
  const count: Exported = { written: 0, leftOut: 0 };
  for await (const text of exportText(store, ids, { format, folder: resolve(), name: "Playlista" }, count)) {
    if (!process.stdout.write(text)) await once(process.stdout, "drain");
  }
  return { found: count, problem: null };
}
