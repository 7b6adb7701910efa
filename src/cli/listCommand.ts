/** `playlista list`: prints what is stored, failed files too. */
import { SharedStore } from "../library/store/sharing/SharedStore";
import type { Log } from "../shared/log";
import { resultTable, tableRow } from "./resultTable";
import { storeLocation } from "./storeLocation";

export interface ListCommandOptions {
  json: boolean;
  database?: string;
}

const log: Log = (level, _scope, message) => {
  if (level === "warn" || level === "error") process.stderr.write(`${message}\n`);
};

/** Paths are absolute. Prints nothing where there is no database. Throws StoreError when it cannot be read. */
export async function listCommand(options: ListCommandOptions): Promise<void> {
  const store = await SharedStore.open(storeLocation(options.database), { user: "command line", log });
  try {
    if (options.json) {
      for await (const analysis of store.all()) {
        process.stdout.write(`${JSON.stringify(await store.withSegments(analysis))}\n`);
      }
      return;
    }
    const rows: string[][] = [];
    for await (const analysis of store.all()) rows.push(tableRow(analysis));
    if (rows.length > 0) process.stdout.write(`${resultTable(rows)}\n`);
  } finally {
    await store.close();
  }
}
