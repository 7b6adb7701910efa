/**
 * A playlista.conf of the earlier Playlista, in the words of today's settings. Only what it says is in the answer,
 * and everything that has no effect here is named.
 */
import type { ConfNotice, ConfOutcome, ConfPreview, ConfSettings } from "../../shared/conf";
import { ACTING, CONF_KEYS } from "./confKeys";
import { readConfLines, type ConfEntry, type ConfLines } from "./confLines";
import { familyOf, reasonFor } from "./confReasons";
import { readConfValue, type ConfValue } from "./confValue";

export interface ConfReading extends ConfPreview {
  /** Every known key with a usable value, as the file has them. */
  values: ReadonlyMap<string, ConfValue>;
}

/** Reads the text of a file. */
export function readConf(text: string): ConfReading {
  return readLines(readConfLines(text));
}

/** Reads the keys of such a file from a mapping. */
export function readConfMapping(
  mapping: Readonly<Record<string, ConfValue>>,
): Pick<ConfReading, "settings" | "notices"> {
  const entries = Object.entries(mapping).map(([key, value]) => ({ key, text: String(value), line: 1 }));
  const { settings, notices } = readLines({ entries, ignored: [], notices: [] });
  return { settings, notices: notices.map(({ message }) => ({ line: null, message })) };
}

function readLines({ entries, ignored, notices: told }: ConfLines): ConfReading {
  const notices = [...told];
  const values = new Map<string, ConfValue>();
  const wrong = new Map<string, string>();
  const unused = new Set<string>();
  for (const entry of entries) {
    const type = Object.hasOwn(CONF_KEYS, entry.key) ? CONF_KEYS[entry.key] : undefined;
    if (!type) {
      notices.push(...noticesOfUnknown(entry, unused));
      continue;
    }
    const read = readConfValue(entry.text, type);
    if ("value" in read) values.set(entry.key, read.value);
    else {
      wrong.set(entry.key, `Expected ${read.expected}.`);
      notices.push({ line: entry.line, message: `${entry.key} is ignored: expected ${read.expected}.` });
    }
  }
  const acting = new Set<string>(Object.values(ACTING).flat());
  for (const key of values.keys()) if (!acting.has(key)) unused.add(key);
  if (unused.size > 0)
    notices.push({ line: null, message: `Without effect here: ${[...unused].join(", ")}.` });
  const settings = settingsOf(values, notices);
  const outcomes = entries.map((entry) => outcomeOf(entry, values, wrong.get(entry.key) ?? null));
  const all = [...outcomes, ...ignored.map((line) => ({ ...line, sets: null }))];
  return { settings, values, notices, outcomes: all.sort((one, other) => one.line - other.line) };
}

/** Of a family only the family is told, once; a key that only its case keeps from being known is told itself. */
function noticesOfUnknown({ key, line }: ConfEntry, unused: Set<string>): ConfNotice[] {
  const known = inCapitals(key);
  if (known) return [{ line, message: `${key} is not used: the key is ${known}, in capitals.` }];
  const family = familyOf(key);
  unused.add(family ? `${family}…` : key);
  return [];
}

/** The known key that differs in its case only. */
function inCapitals(key: string): string | undefined {
  return Object.keys(CONF_KEYS).find((name) => name !== key && name === key.toUpperCase());
}

function outcomeOf(
  { key, text, line }: ConfEntry,
  values: ReadonlyMap<string, ConfValue>,
  wrong: string | null,
): ConfOutcome {
  const ignored = (reason: string): ConfOutcome => ({ key, text, line, sets: null, reason });
  if (wrong !== null) return ignored(wrong);
  const capitals = inCapitals(key);
  if (capitals) return ignored(`The key is ${capitals}, in capitals.`);
  for (const [name, keys] of Object.entries(ACTING)) {
    if (!(keys as readonly string[]).includes(key)) continue;
    const first = keys.find((each) => values.has(each));
    if (first !== undefined && first !== key) return ignored(`${first} goes before it.`);
    if (name !== "maxWorkers") return { key, text, line, sets: name as keyof ConfSettings, reason: null };
    if (values.get(key) === 0) return ignored("0 sets no bound.");
    return capOf(values) === null
      ? ignored(NOTHING_TO_CAP)
      : { key, text, line, sets: "workers", reason: null };
  }
  return ignored(reasonFor(key));
}

function settingsOf(values: ReadonlyMap<string, ConfValue>, notices: ConfNotice[]): ConfSettings {
  const settings: ConfSettings = {};
  const executor = firstOf(ACTING.executor, values);
  if (executor) settings.executor = executor.value === true ? "threads" : "processes";
  const workers = firstOf(ACTING.workers, values);
  if (workers) settings.workers = Math.min(Number(workers.value), capOf(values) ?? Infinity);
  if (isCapless(values))
    notices.push({
      line: null,
      message: "MAX_WORKERS is ignored: the file names no number of workers to cap.",
    });
  const timeout = firstOf(ACTING.timeoutSeconds, values);
  if (timeout) settings.timeoutSeconds = Number(timeout.value);
  const retries = firstOf(ACTING.maxRetries, values);
  if (retries) settings.maxRetries = Number(retries.value);
  const size = firstOf(ACTING.maxFileSizeMB, values);
  // A limit of some bytes is no "no limit".
  if (size) settings.maxFileSizeMB = Math.ceil(Number(size.value) / (size.key.endsWith("_BYTES") ? 1e6 : 1));
  const exclude = firstOf(ACTING.exclude, values);
  if (exclude && Array.isArray(exclude.value)) settings.exclude = exclude.value;
  return settings;
}

/** The first of some keys that has a value. */
function firstOf(
  keys: readonly string[],
  values: ReadonlyMap<string, ConfValue>,
): { key: string; value: ConfValue } | null {
  const key = keys.find((name) => values.has(name));
  const value = key === undefined ? undefined : values.get(key);
  return key === undefined || value === undefined ? null : { key, value };
}

const NOTHING_TO_CAP = "The file names no number of workers to cap.";

/** The bound on a number of workers that the file names; 0 sets none. */
function capOf(values: ReadonlyMap<string, ConfValue>): number | null {
  const most = Number(firstOf(ACTING.maxWorkers, values)?.value ?? 0);
  const workers = Number(firstOf(ACTING.workers, values)?.value ?? 0);
  return most > 0 && workers > 0 ? most : null;
}

/** A bound on a number that is chosen automatically. */
function isCapless(values: ReadonlyMap<string, ConfValue>): boolean {
  return Number(firstOf(ACTING.maxWorkers, values)?.value ?? 0) > 0 && capOf(values) === null;
}
