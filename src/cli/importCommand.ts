/** `playlista import`: takes over what a database of the earlier Playlista holds, or says what would come over. */
import { resolve } from "node:path";
import { importEarlier } from "../library/store/import/importEarlier";
import { SharedStore } from "../library/store/sharing/SharedStore";
import type { FolderMapping, ImportSummary } from "../shared/earlier";
import { importSentences, leftOutRows, skippedRows } from "../shared/importText";
import type { Log } from "../shared/log";
import { EXIT } from "./exitStatus";
import { printable } from "./printable";
import { storeLocation } from "./storeLocation";

export interface ImportCommandOptions {
  /** "OLD=NEW". */
  map?: FolderMapping;
  dryRun: boolean;
  json: boolean;
  database?: string;
  signal: AbortSignal;
}

const log: Log = (level, _scope, message) => {
  if (level === "warn" || level === "error") process.stderr.write(`${printable(message)}\n`);
};

/** Prints the summary, as text or as one line of JSON; gives the exit status. Throws ImportError or StoreError. */
export async function importCommand(file: string, options: ImportCommandOptions): Promise<number> {
  const { map, dryRun, json, database, signal } = options;
  const store = await SharedStore.open(storeLocation(database), { user: "command line", log });
  try {
    const summary = await importEarlier(store, resolve(file), {
      mapping: map ?? "suggested",
      isPreview: dryRun,
      onWaiting: (holder) => {
        if (holder !== null) process.stderr.write(`waiting for ${printable(holder)}\n`);
      },
      signal,
    });
    process.stdout.write(json ? `${JSON.stringify(summary)}\n` : summaryText(summary));
    return EXIT.done;
  } catch (error) {
    // Batches that were kept stay; the import can be done again.
    if (signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    await store.close();
  }
}

/** Splits "OLD=NEW" at the first "="; null where there is none. */
export function parseMapping(text: string): FolderMapping | null {
  const at = text.indexOf("=");
  const [from, to] = [text.slice(0, at), text.slice(at + 1)];
  return at < 0 || from === "" || to === "" ? null : { from, to: resolve(to) };
}

function summaryText(summary: ImportSummary): string {
  const lines = [
    ...importSentences(summary),
    ...section("Skipped:", skippedRows(summary)),
    ...section("Values left out:", leftOutRows(summary)),
  ];
  return `${lines.map(printable).join("\n")}\n`;
}

function section(title: string, rows: readonly string[][]): string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([count = ""]) => count.length));
  return [
    "",
    title,
    ...rows.map(([count = "", ...cells]) => `${count.padStart(width)}  ${cells.join(": ")}`),
  ];
}
