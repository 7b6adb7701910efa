/** What rows of all forms have in common: a path, a size, a message, an id. */
import { posix } from "node:path";
import type { FoundTrack } from "../EarlierTrack";
import { present } from "../present";
import type { SourceRow } from "../SourceDatabase";

const MAX_PATH = 4096;
const MAX_MESSAGE = 1000;
/** name_size_mtime */
const NAMED_HASH = /^(.+)_(\d{1,15})_\d+(?:\.\d+)?$/s;

/** A row or an object of JSON. */
export type Named = Readonly<Record<string, unknown>>;

/** Null where there is no path to speak of. */
export function pathOf(row: Named): string | null {
  const path = row["file_path"];
  return typeof path === "string" && path !== "" && path.length <= MAX_PATH ? path : null;
}

export function sizeOf(row: Named): number | null {
  const size = row["file_size_bytes"] ?? row["file_size"];
  return typeof size === "number" && Number.isSafeInteger(size) && size >= 0 ? size : null;
}

/** The scripts had no column for the size: it is part of what they called a hash. */
export function sizeFromHash(hash: unknown, path: string): number | null {
  const parts = typeof hash === "string" ? NAMED_HASH.exec(hash) : null;
  return parts?.[1] === posix.basename(path) ? Number(parts[2]) : null;
}

export function messageOf(row: Named): string | null {
  const message = row["error_message"];
  const text = typeof message === "string" ? message.trim().slice(0, MAX_MESSAGE) : "";
  return text === "" ? null : text;
}

/** Ids of rows that refer to each other; null for what can refer to nothing. */
export function idOf(value: unknown): string | null {
  return typeof value === "number" || typeof value === "string" ? String(value) : null;
}

/** A track of which nothing but its failure is told. */
export function failedTrack(path: string, row: Named, analyzedAt: FoundTrack["analyzedAt"]): FoundTrack {
  const failure = { message: messageOf(row) };
  return { path, size: sizeOf(row), analyzedAt, values: {}, failure, isSeenOnly: false };
}

/** Tracks by path; what comes later takes the place of what came before. */
export function byPath(rows: Iterable<SourceRow>): Map<string, Named> {
  const found = new Map<string, Named>();
  for (const row of rows) {
    const path = pathOf(row);
    if (path !== null) found.set(path, present(row));
  }
  return found;
}
