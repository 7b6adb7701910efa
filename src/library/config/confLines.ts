/**
 * The lines of a playlista.conf: `KEY=value`, split at the first `=`, with comments, quotes and a byte-order mark.
 * Nothing is expanded, and a secret's value goes no further than this file.
 */
import type { ConfNotice } from "../../shared/conf";

/** A key that sets nothing, whatever it is. */
interface IgnoredLine {
  key: string;
  line: number;
  /** Null for a secret. */
  text: string | null;
  /** A sentence. */
  reason: string;
}

/** One setting as written. */
export interface ConfEntry {
  key: string;
  /** Without quotes and comment; never empty. */
  text: string;
  line: number;
}

export interface ConfLines {
  /** Each key once, as it was set last. */
  entries: ConfEntry[];
  ignored: IgnoredLine[];
  notices: ConfNotice[];
}

const SECRET = /(?:^|_)(?:API_?KEY|KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|AUTH|CREDENTIALS?)$/i;
/** An address with a name and a password in it. */
const SECRET_ADDRESS = /:\/\/[^/\s]*@/;
/** A documented switch that only sounds like a secret. */
const NO_SECRETS = ["EXTRACT_KEY"];

export function readConfLines(text: string): ConfLines {
  const notices: ConfNotice[] = [];
  const ignored: IgnoredLine[] = [];
  const entries = new Map<string, ConfEntry>();
  const seen = new Set<string>();
  text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .forEach((content, index) => {
      const line = index + 1;
      const tell = (message: string): void => {
        notices.push({ line, message });
      };
      const pair = readPair(content, tell);
      if (!pair) return;
      const { key } = pair;
      if (seen.has(key)) tell(`${key} is set more than once; the last one counts.`);
      seen.add(key);
      const before = entries.get(key);
      if (before) ignored.push({ ...before, reason: `It is set again in line ${line}.` });
      entries.delete(key);
      if (isSecret(key) || SECRET_ADDRESS.test(pair.value)) {
        tell(`${key} is ignored: it is a secret.`);
        ignored.push({ key, line, text: null, reason: "It is a secret." });
        return;
      }
      const { value, reason } = readValue(pair.value, key, tell);
      if (reason === null) entries.set(key, { key, text: value, line });
      else ignored.push({ key, line, text: value, reason });
    });
  return { entries: [...entries.values()], ignored, notices };
}

function isSecret(key: string): boolean {
  return SECRET.test(key) && !NO_SECRETS.includes(key);
}

/** Null for what sets nothing. What a line without `=` says is not repeated: it may be anything. */
function readPair(content: string, tell: (message: string) => void): { key: string; value: string } | null {
  const line = content.trim();
  if (line === "" || line.startsWith("#") || line.startsWith(";")) return null;
  const at = line.indexOf("=");
  const key = line
    .slice(0, Math.max(0, at))
    .trim()
    .replace(/^export\s+/, "");
  if (at >= 0 && key !== "") return { key, value: line.slice(at + 1).trim() };
  if (!/^\[.*\]$/.test(line)) tell("This line is ignored: it is not KEY=value.");
  return null;
}

/** With a reason for what counts as not set. */
function readValue(
  written: string,
  key: string,
  tell: (message: string) => void,
): { value: string; reason: string | null } {
  const quoted = /^(["'])(.*?)\1\s*(?:#.*)?$/.exec(written);
  const value = quoted?.[2] ?? written.replace(/(^|\s)#.*$/, "").trim();
  if (value === "") return { value, reason: "It has no value." };
  if (/\$\{[^}]*\}/.test(value)) {
    tell(`${key} counts as not set: names in \${…} are not replaced.`);
    return { value, reason: "Names in ${…} are not replaced." };
  }
  if (!quoted && /^["']|["']$/.test(value)) tell(`${key} has one quotation mark only; it is kept.`);
  return { value, reason: null };
}
