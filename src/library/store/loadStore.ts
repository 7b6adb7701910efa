/**
 * What the files of a store hold together: the database file as a snapshot, brought up to its journal. Read without
 * the lock, as any window may at any time; nothing is written.
 */
import type { Database } from "sql.js";
import { disarm } from "./checkLayout";
import { findDamage } from "./findDamage";
import { readGeneration } from "./generation";
import type { Generation, RecordFormat } from "./journalFormat";
import { loadDatabase, openInMemory, type Stamp } from "./loadDatabase";
import { missingHeader, readJournal, replay, START, type JournalFile, type Place } from "./readJournal";
import { migrate, SCHEMA_VERSION } from "./schema";
import type { StoreFiles } from "./StoreFiles";
import { notOurs } from "./storeFailures";

/** A writer may put a new snapshot in place between our looks at the database and at the journal. */
const READ_ATTEMPTS = 5;

/** What lies in the journal's place. */
type JournalFound =
  | { kind: "none" }
  /** The snapshot's own; it was applied up to this place. */
  | { kind: "followed"; format: RecordFormat["format"]; place: Place }
  /** All in it is in the snapshot as well. */
  | { kind: "old" }
  /** Not applied. */
  | { kind: "foreign"; reason: string };

export interface Content {
  database: Database;
  /** Of the database file; null where there is none. */
  stamp: Stamp | null;
  /** Of the database file; null where it has none. */
  generation: Generation | null;
  journal: JournalFound;
  journalStamp: Stamp | null;
  /** The layout in memory is newer than that of the file, whose version this is; the indexes are still the file's. */
  migratedFrom: number | null;
  /** Made by a newer program. */
  isNewer: boolean;
  /** Why the database file could not be read; memory is empty then. */
  broken: string | null;
}

/** `isDoubted`: every page is looked at. Throws StoreError ("notOurs", "cannotRead", "newerVersion"). */
export async function loadStore(files: StoreFiles, isDoubted = false): Promise<Content> {
  for (let attempt = 1; ; attempt++) {
    const content = await readDatabase(files);
    const journal = await readJournal(files.journal).catch((error: unknown) => {
      content.database.close();
      throw error;
    });
    const isAhead = (journal?.generation?.number ?? 0) > (content.generation?.number ?? 0);
    if (isAhead && content.stamp !== null && attempt < READ_ATTEMPTS) {
      content.database.close();
      continue;
    }
    followJournal(content, journal);
    await doubt(content, isDoubted);
    await bringUpToDate(content);
    return content;
  }
}

/** What there is before anything is read. */
export async function noStore(): Promise<Content> {
  const content = await empty(null);
  await bringUpToDate(content);
  return content;
}

type Read = Content & { version: number };

async function readDatabase(files: StoreFiles): Promise<Read> {
  const loaded = await loadDatabase(files.database);
  if (loaded.kind === "notOurs") throw notOurs(files.database);
  if (loaded.kind === "none") return empty(null);
  const { stamp } = loaded;
  if (loaded.kind === "broken") return { ...(await empty(loaded.reason)), stamp };
  const { database, version } = loaded;
  const isNewer = version > SCHEMA_VERSION;
  return { ...NOTHING, database, version, stamp, generation: readGeneration(database), isNewer };
}

const NOTHING = {
  version: 0,
  stamp: null,
  generation: null,
  journal: { kind: "none" },
  journalStamp: null,
  migratedFrom: null,
  isNewer: false,
  broken: null,
} as const;

async function empty(broken: string | null): Promise<Read> {
  return { ...NOTHING, database: await openInMemory(), broken };
}

function followJournal(content: Read, journal: JournalFile | null): void {
  if (journal === null) return;
  content.journalStamp = journal.stamp;
  const missing = content.generation && missingHeader(journal, content.generation);
  const generation = missing ?? journal.generation;
  if (generation === null) {
    content.journal = { kind: "foreign", reason: "it is no journal that this version can read" };
  } else if (content.generation === null) {
    content.journal = { kind: "foreign", reason: "the database it belongs to is not there" };
  } else if (generation.number < content.generation.number) {
    content.journal = { kind: "old" };
  } else if (generation.number > content.generation.number || generation.nonce !== content.generation.nonce) {
    content.journal = { kind: "foreign", reason: "it belongs to another state of the database" };
  } else {
    if (content.isNewer) disarm(content.database);
    const place = replay(content.database, { ...journal, generation }, START);
    if (missing !== null) place.rest = "damaged";
    content.journal = { kind: "followed", format: generation.format, place };
  }
}

/** To look at every page of a large library takes long: that is for when something else is wrong as well. */
async function doubt(content: Read, isDoubted: boolean): Promise<void> {
  const { journal, isNewer, stamp, broken } = content;
  const isOdd =
    isDoubted ||
    journal.kind === "foreign" ||
    (journal.kind === "followed" && journal.place.rest === "damaged");
  if (!isOdd || isNewer || stamp === null || broken !== null) return;
  const damage = findDamage(content.database, isDoubted ? "full" : "quick");
  if (damage !== null) await giveUp(content, damage);
}

async function giveUp(content: Read, broken: string): Promise<void> {
  content.database.close();
  Object.assign(content, { ...NOTHING, stamp: content.stamp, database: await openInMemory(), broken });
}

async function bringUpToDate(content: Read): Promise<void> {
  const { database, version, isNewer, stamp } = content;
  if (isNewer) return;
  try {
    const isChanged = migrate(database, version);
    if (isChanged && stamp !== null && content.broken === null) content.migratedFrom = version;
  } catch (error) {
    await giveUp(content, error instanceof Error ? error.message : String(error));
    migrate(content.database, 0);
  }
}
