/** Reads the journal beside a database, and brings a database up to it. Nothing is written here. */
import { lstat } from "node:fs/promises";
import type { Database } from "sql.js";
import {
  decodeHeader,
  HEADER_BYTES,
  isHeaderDamaged,
  scanRecords,
  type Generation,
  type JournalHeader,
  type Scan,
} from "./journalFormat";
import { readStamp, stampOf, type Stamp } from "./loadDatabase";
import { applyOperations, parseOperations } from "./operations";
import { readRegularFile } from "./readRegularFile";
import { orCannotRead } from "./storeFailures";

/** A snapshot is taken long before. */
const MAX_BYTES = 2 ** 31 - 1;

/** `generation` is null for a file that has no header of a format that is known here; `bytes` are then of no use. */
export interface JournalFile {
  stamp: Stamp | null;
  generation: JournalHeader | null;
  bytes: Buffer;
}

/** Null where there is none. Throws StoreError ("cannotRead"). */
export function readJournal(path: string): Promise<JournalFile | null> {
  return orCannotRead(path, async () => {
    // What a link leads to is not ours; its stamp is what later looks compare, so that it is not read again for ever.
    if (!(await lstat(path)).isFile())
      return { stamp: await readStamp(path), generation: null, bytes: Buffer.alloc(0) };
    const read = await readRegularFile(path, MAX_BYTES);
    return { stamp: stampOf(read.stats), generation: decodeHeader(read.bytes), bytes: read.bytes };
  });
}

/** How far a database has come along its journal. */
export interface Place {
  /** Bytes up to the end of the last whole record, and its number. */
  end: number;
  last: number;
  /** What follows, and whether every record could be applied. */
  rest: Scan["rest"];
}

export const START: Place = { end: HEADER_BYTES, last: 0, rest: "none" };

/**
 * The header that a journal must have had whose own is damaged: where its records bear the nonce of this snapshot it can
 * be no other's. Null where none does.
 */
export function missingHeader({ bytes }: JournalFile, generation: Generation): JournalHeader | null {
  if (!isHeaderDamaged(bytes)) return null;
  for (const format of [2, 1] as const) {
    const header = { ...generation, format };
    if (scanRecords(bytes, header).records.length > 0) return header;
  }
  return null;
}

/** Applies the whole records from a place on. */
export function replay(
  database: Database,
  { generation, bytes }: JournalFile & { generation: JournalHeader },
  from: Place = START,
): Place {
  const { records, end, rest } = scanRecords(bytes, generation, from.end, from.last);
  let isDamaged = rest === "damaged" || from.rest === "damaged";
  database.run("BEGIN");
  for (const { payload } of records) {
    try {
      applyOperations(database, parseOperations(payload.toString()));
    } catch {
      isDamaged = true;
    }
  }
  database.run("COMMIT");
  return { end, last: records.at(-1)?.number ?? from.last, rest: isDamaged ? "damaged" : rest };
}
