/**
 * A playlista.conf of the earlier Playlista, in the words of today's settings. Only what it says is in the answer,
 * and everything that has no effect here is named.
 */
import type { EngineSettings } from "../../shared/engineProtocol";
import type { AnalysisLimits } from "../../shared/limits";
import { ACTING, CONF_KEYS, FAMILIES } from "./confKeys";
import { readConfLines, type ConfEntry, type ConfNotice } from "./confLines";
import { readConfValue, type ConfValue } from "./confValue";

export type ConfSettings = Partial<
  Pick<EngineSettings, "executor" | "workers" | "timeoutSeconds" | "exclude"> &
    Pick<AnalysisLimits, "maxFileSizeMB">
>;

export interface ConfReading {
  settings: ConfSettings;
  /** Every known key with a usable value, as the file has them. */
  values: ReadonlyMap<string, ConfValue>;
  notices: ConfNotice[];
}

export function readConf(text: string): ConfReading {
  const { entries, notices } = readConfLines(text);
  const values = new Map<string, ConfValue>();
  const unused = new Set<string>();
  for (const entry of entries) {
    const type = Object.hasOwn(CONF_KEYS, entry.key) ? CONF_KEYS[entry.key] : undefined;
    if (!type) {
      notices.push(...noticesOfUnknown(entry, unused));
      continue;
    }
    const read = readConfValue(entry.text, type);
    if ("value" in read) values.set(entry.key, read.value);
    else notices.push({ line: entry.line, message: `${entry.key} is ignored: expected ${read.expected}.` });
  }
  const acting = new Set<string>(Object.values(ACTING).flat());
  for (const key of values.keys()) if (!acting.has(key)) unused.add(key);
  if (unused.size > 0)
    notices.push({ line: null, message: `Without effect here: ${[...unused].join(", ")}.` });
  return { settings: settingsOf(values, notices), values, notices };
}

/** Of a family only the family is told, once; a key that only its case keeps from being known is told itself. */
function noticesOfUnknown({ key, line }: ConfEntry, unused: Set<string>): ConfNotice[] {
  const known = Object.keys(CONF_KEYS).find((name) => name === key.toUpperCase());
  if (known) return [{ line, message: `${key} is not used: the key is ${known}, in capitals.` }];
  const family = FAMILIES.find((prefix) => key.startsWith(prefix));
  unused.add(family ? `${family}…` : key);
  return [];
}

function settingsOf(values: ReadonlyMap<string, ConfValue>, notices: ConfNotice[]): ConfSettings {
  const settings: ConfSettings = {};
  const first = (keys: readonly string[]): { key: string; value: ConfValue } | null => {
    const key = keys.find((name) => values.has(name));
    const value = key === undefined ? undefined : values.get(key);
    return key === undefined || value === undefined ? null : { key, value };
  };
  const executor = first(ACTING.executor);
  if (executor) settings.executor = executor.value === true ? "threads" : "processes";
  const workers = first(ACTING.workers);
  if (workers) settings.workers = Number(workers.value);
  capWorkers(settings, values.get("MAX_WORKERS"), notices);
  const timeout = first(ACTING.timeoutSeconds);
  if (timeout) settings.timeoutSeconds = Number(timeout.value);
  const size = first(ACTING.maxFileSizeMB);
  // A limit of some bytes is no "no limit".
  if (size) settings.maxFileSizeMB = Math.ceil(Number(size.value) / (size.key.endsWith("_BYTES") ? 1e6 : 1));
  const exclude = first(ACTING.exclude);
  if (exclude && Array.isArray(exclude.value)) settings.exclude = exclude.value;
  return settings;
}

/** 0 sets no bound. Where the number of workers is chosen automatically there is none to cap. */
function capWorkers(settings: ConfSettings, most: ConfValue | undefined, notices: ConfNotice[]): void {
  if (typeof most !== "number" || most === 0) return;
  if (!settings.workers) {
    notices.push({
      line: null,
      message: "MAX_WORKERS is ignored: the file names no number of workers to cap.",
    });
    return;
  }
  settings.workers = Math.min(settings.workers, most);
}
