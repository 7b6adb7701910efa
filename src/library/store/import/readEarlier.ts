/** Opens a file that the earlier Playlista left, whichever form it has, and reads what can be trusted of it. */
import { stat } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import type { EarlierVariant } from "../../../shared/earlier";
import { readRegularFile } from "../readRegularFile";
import type { EarlierLibrary, EarlierTrack, FoundLibrary } from "./EarlierTrack";
import { ImportError } from "./ImportError";
import { judgeTrack } from "./judgeTrack";
import { recognizeVariant } from "./recognizeVariant";
import { SourceDatabase } from "./SourceDatabase";
import { rulesOf } from "./trust";
import { readA1 } from "./variants/readA1";
import { readA2 } from "./variants/readA2";
import { readC } from "./variants/readC";
import { readExport } from "./variants/readExport";
import { readN } from "./variants/readN";
import { readR } from "./variants/readR";
import { readTracksAndCache } from "./variants/tracksAndCache";

/** It is read into memory as a whole, and SQLite has a copy of its own. */
const MAX_BYTES = 2 ** 30;
/** Rows read without a pause: some 20 ms. */
const AT_A_TIME = 100;
const MAX_EXPORT_BYTES = 256 * 2 ** 20;
const SQLITE_MARK = "SQLite format 3\0";

const READERS: Readonly<
  Record<ReturnType<typeof recognizeVariant>, (database: SourceDatabase) => FoundLibrary>
> = {
  A1: readA1,
  A2: readA2,
  R: readR,
  N: readN,
  B: readTracksAndCache,
  C: readC,
  E: readTracksAndCache,
};

/** The file is only read. Throws ImportError. */
export async function readEarlier(path: string): Promise<EarlierLibrary> {
  const bytes = await readBytes(path);
  const warnings = await warningsOf(path);
  if (bytes.toString("latin1", 0, SQLITE_MARK.length) !== SQLITE_MARK) return readText(bytes, warnings);
  const database = await SourceDatabase.open(bytes);
  try {
    const variant = recognizeVariant(database);
    return await judgeLibrary(variant, READERS[variant](database), warnings);
  } finally {
    database.close();
  }
}

function readText(bytes: Buffer, warnings: string[]): Promise<EarlierLibrary> {
  if (bytes.length > MAX_EXPORT_BYTES)
    throw new ImportError("tooLarge", `An export may have ${MAX_EXPORT_BYTES / 2 ** 20} MB.`);
  if (bytes.includes(0))
    throw new ImportError("notEarlier", "This is neither a SQLite database nor an export in CSV or JSON.");
  return judgeLibrary("D", readExport(bytes.toString("utf8")), warnings);
}

async function judgeLibrary(
  variant: EarlierVariant,
  found: FoundLibrary,
  warnings: string[],
): Promise<EarlierLibrary> {
  const rules = rulesOf(variant);
  const tracks: EarlierTrack[] = [];
  let count = 0;
  for (const track of found.tracks) {
    if (track) tracks.push(judgeTrack(variant, track, rules));
    // Whoever reads this has others to answer.
    if (++count % AT_A_TIME === 0) await setImmediate();
  }
  return { variant, tracks, playlists: found.playlists, orphaned: found.orphaned(), warnings };
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return (await readRegularFile(path, MAX_BYTES)).bytes;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ImportError("cannotRead", `Cannot read ${path}: ${reason}`, { cause: error });
  }
}

/** Where the earlier program still runs, or was stopped hard, its last rows lie in a file beside. */
async function warningsOf(path: string): Promise<string[]> {
  const wal = await stat(`${path}-wal`).catch(() => null);
  if (!wal || wal.size === 0) return [];
  return [
    "A file ending in -wal lies beside this database: its latest rows may be missing here. Close the earlier program and import again.",
  ];
}
