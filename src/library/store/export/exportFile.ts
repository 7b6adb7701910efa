/** Writes what a query finds to a file: never over a file unless asked to, and never over audio or the library. */
import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, lstat, rename, rm } from "node:fs/promises";
import { basename, dirname, extname, relative, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { hasAudioExtension } from "../../../shared/audioFormats";
import type { Exported, ExportFormat, SearchAnswer } from "../../../shared/engineProtocol";
import type { Store } from "../Store";
import { StoreError } from "../StoreError";
import { orCannotWrite } from "../storeFailures";
import { exportText } from "./exportText";

export interface ExportOptions {
  query: string;
  format: ExportFormat;
  file: string;
  /** Whether a file that is there may be replaced. */
  overwrite: boolean;
}

/** Throws StoreError ("cannotWrite") for a place that is not to be written. */
export async function exportToFile(store: Store, options: ExportOptions): Promise<SearchAnswer<Exported>> {
  const file = resolve(options.file);
  await refusePlace(store, file, options.overwrite);
  const { found: ids, problem } = await store.searchIds(options.query);
  if (!ids) return { found: null, problem };
  const count: Exported = { written: 0, leftOut: 0 };
  const folder = dirname(file);
  const name = basename(file, extname(file));
  const text = exportText(store, ids, { format: options.format, folder, name }, count);
  await orCannotWrite(file, () => writeWhole(file, text, options.overwrite));
  return { found: count, problem: null };
}

async function refusePlace(store: Store, file: string, overwrite: boolean): Promise<void> {
  const isOurs = !relative(dirname(store.location.database), file).startsWith("..") && file !== dirname(file);
  const isStoreFolder = basename(dirname(store.location.database)) === ".playlista" && isOurs;
  if (isStoreFolder || file === store.location.database) {
    throw new StoreError("cannotWrite", `${file} is in the library's own folder; choose another place.`);
  }
  if (hasAudioExtension(file) || (await store.getRow(file)) !== null) {
    throw new StoreError("cannotWrite", `${file} is, or is named like, an audio file; choose another name.`);
  }
  const there = await lstat(file).catch(() => null);
  if (there && !overwrite) throw alreadyThere(file);
  if (there && !there.isFile())
    throw new StoreError("cannotWrite", `${file} is not a file; choose another name.`);
}

/** All or nothing: beside the place first, then there. */
async function writeWhole(file: string, text: AsyncIterable<string>, overwrite: boolean): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await pipeline(Readable.from(text), createWriteStream(temporary, { flags: "wx", flush: true }));
    if (overwrite) await rename(temporary, file);
    else await placeNew(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A link is made only where nothing is; a file system without links must do with a look. */
async function placeNew(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw alreadyThere(file);
    if (await lstat(file).then(Boolean, () => false)) throw alreadyThere(file);
    await rename(temporary, file);
  }
}

function alreadyThere(file: string): StoreError {
  return new StoreError("cannotWrite", `${file} is there already and is left as it is.`);
}
