/** Copies one store's files to where there is none yet; what is copied is left as it is. Free of `vscode`. */
import { copyFile, cp, lstat, mkdir, rename, rm } from "node:fs/promises";
import * as path from "node:path";
import type { StoreLocation } from "../../shared/engineProtocol";

const JOURNAL = "library.journal";
const VIEWS = "views";

/** Throws where the copy is not complete: then there is no database there still. */
export async function copyResults(from: StoreLocation, to: StoreLocation): Promise<void> {
  const [source, target] = [path.dirname(from.database), path.dirname(to.database)];
  if (await isFile(to.database)) throw new Error(`${to.database} is there already and is left as it is.`);
  if (await isLink(target))
    throw new Error(`${target} is a link; results are only kept in a folder of their own.`);
  await mkdir(target, { recursive: true });
  for (const name of [VIEWS, ".gitignore"])
    await copyWithoutLinks(path.join(source, name), path.join(target, name));
  const [journal, database] = [JOURNAL, path.basename(from.database)].map((name) => ({
    // Named as the store names what is on its way: what is left of it after a crash goes when the library is next written.
    copy: path.join(target, `${name}.${process.pid}-${Date.now()}.tmp`),
    from: path.join(source, name),
    to: path.join(target, name),
  })) as [Move, Move];
  try {
    // The journal first: what it holds and a newer database does too is passed over in reading, the other way round
    // it would be missing.
    const hasJournal = await isFile(journal.from);
    if (hasJournal) await copyFile(journal.from, journal.copy);
    await copyFile(database.from, database.copy);
    if (hasJournal) await rename(journal.copy, journal.to);
    await rename(database.copy, database.to);
  } finally {
    await rm(journal.copy, { force: true });
    await rm(database.copy, { force: true });
  }
}

interface Move {
  copy: string;
  from: string;
  to: string;
}

async function copyWithoutLinks(from: string, to: string): Promise<void> {
  if ((await isLink(from)) || (await isLink(to))) return;
  if (!(await lstat(from).catch(() => null))) return;
  await cp(from, to, { recursive: true, force: false, filter: async (place) => !(await isLink(place)) });
}

async function isFile(file: string): Promise<boolean> {
  return lstat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function isLink(place: string): Promise<boolean> {
  return lstat(place).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}
