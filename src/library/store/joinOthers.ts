/**
 * What another program has done to our files while we write: its changes to our own snapshot are joined with ours, and
 * what it has put in the place of a file is set aside, neither lost nor taken for ours.
 */
import type { Log } from "../../shared/log";
import type { Change } from "./CommitQueue";
import { keepAside } from "./keepAside";
import { loadStore, type Content } from "./loadStore";
import { applyOperations, parseOperations } from "./operations";
import type { StoreFiles } from "./StoreFiles";

interface Ours {
  files: StoreFiles;
  log: Log;
  memory: { content: Content };
}

/**
 * Takes a changed database file into memory, with our changes that wait on top, which are asked for when they can no
 * longer change; false when it was another database, which is set aside: then ours is to be written anew. `last` is
 * the number of our journal's last record.
 */
export async function joinOthers(
  { files, log, memory }: Ours,
  last: number,
  waiting: () => readonly Change[],
): Promise<boolean> {
  const { database } = files;
  const theirs = await loadStore(files).catch(() => null);
  if (theirs !== null && isSameHistory(theirs, memory.content, last)) {
    memory.content.database.close();
    memory.content = theirs;
    for (const { payload } of waiting())
      applyOperations(theirs.database, parseOperations(payload.toString()));
    log("warn", "store", `${database} was changed by another program: its changes are kept as well.`);
    return true;
  }
  theirs?.database.close();
  const aside = await keepAside(files, database, "replaced", "move");
  const kept = aside === null ? "It is written anew." : `What was there is kept as ${aside}.`;
  log("warn", "store", `${database} was replaced by another program. ${kept}`);
  memory.content.stamp = null;
  return false;
}

/** Sets aside what lies in the place of our journal. */
export async function setJournalAside({ files, log }: Ours): Promise<void> {
  const aside = await keepAside(files, files.journal, "replaced", "move");
  const kept = aside === null ? "" : ` What was there is kept as ${aside}.`;
  log("warn", "store", `${files.journal} was changed by another program.${kept}`);
}

function isSameHistory(
  { generation, journal, isNewer, broken }: Content,
  ours: Content,
  last: number,
): boolean {
  const theirLast = journal.kind === "followed" ? journal.place.last : 0;
  const isSame =
    generation?.number === ours.generation?.number && generation?.nonce === ours.generation?.nonce;
  return isSame && generation !== null && !isNewer && broken === null && theirLast === last;
}
