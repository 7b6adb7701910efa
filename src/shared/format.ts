/** Numbers as people read them, the same in tree, page and terminal. */
import { KEY_NAMES, type Analysis } from "./analysis";
import type { ValueDeclaration } from "./measurements";

/** Minus as a real minus sign, fixed decimals, no "−0.0". */
export function formatNumber(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  const isNegative = text.startsWith("-") && Number(text) !== 0;
  return isNegative ? `−${text.slice(1)}` : text.replace("-", "");
}

/** "3:47.203", "1:02:03"; hours only when there are some. */
export function formatDuration(seconds: number, fractionDigits = 0): string {
  const scale = 10 ** fractionDigits;
  const rounded = Math.round(seconds * scale) / scale;
  const hours = Math.floor(rounded / 3600);
  const minutes = Math.floor((rounded % 3600) / 60);
  const rest = (rounded % 60).toFixed(fractionDigits).padStart(fractionDigits ? fractionDigits + 3 : 2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** The three numbers that stand for a file where there is room for one line. */
export interface Headline {
  /** BPM. */
  tempo: number | null;
  camelot: string | null;
  /** LUFS. */
  integrated: number | null;
}

/** The headline numbers of an analysis. */
export function headlineOf({ rhythm, tonal, loudness }: Analysis): Headline {
  return {
    tempo: rhythm?.tempo ?? null,
    camelot: tonal?.camelot ?? null,
    integrated: loudness?.integrated ?? null,
  };
}

/** "124.0 BPM · 8A · −9.3 LUFS": what is known of the headline numbers. */
export function formatHeadline(values: Headline): string {
  const parts: string[] = [];
  if (values.tempo !== null) parts.push(`${formatNumber(values.tempo, 1)} BPM`);
  if (values.camelot !== null) parts.push(values.camelot);
  if (values.integrated !== null) parts.push(`${formatNumber(values.integrated, 1)} LUFS`);
  return parts.join(" · ");
}

/** What lies at a path of an analysis ("spectral.centroid.mean"), or null when it or its group is absent. */
export function valueAt(analysis: Analysis, path: string): unknown {
  let value: unknown = analysis;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null) return null;
    value = (value as Record<string, unknown>)[name];
  }
  return value ?? null;
}

/** A measured value as people read it, without its unit; null when there is none. */
export function formatValue(analysis: Analysis, declaration: ValueDeclaration): string | null {
  const value = valueAt(analysis, declaration.path);
  if (value === null) return null;
  const { decimals } = declaration;
  if (declaration.type === "record") return formatRecord(value as FieldValues, declaration.pattern, decimals);
  if (declaration.type !== "list") return formatScalar(value, decimals);
  const list = value as readonly unknown[];
  if ("counted" in declaration) return String(list.length);
  if (list.length === 0) return "none";
  return "pattern" in declaration
    ? list.map((item) => formatRecord(item as FieldValues, declaration.pattern, decimals)).join(" · ")
    : list.map((item, at) => pitchOf(at, declaration) + formatItem(item, declaration)).join("  ");
}

/** "C " for the first of twelve; nothing where the items are no pitch classes. */
function pitchOf(at: number, { pitches }: { pitches?: true }): string {
  return pitches === true ? `${KEY_NAMES[at] ?? ""} ` : "";
}

function formatItem(item: unknown, declaration: { decimals: number; shownFrom?: number }): string {
  return formatScalar(placeShown(item, declaration), declaration.decimals);
}

function placeShown(item: unknown, { shownFrom }: { shownFrom?: number }): unknown {
  return shownFrom === undefined ? item : Number(item) + shownFrom;
}

type FieldValues = Readonly<Record<string, unknown>>;

function formatScalar(value: unknown, decimals: number): string {
  if (typeof value === "number") return formatNumber(value, decimals);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

/** Fills in the pattern of a declaration. */
function formatRecord(record: FieldValues, pattern: string, decimals: number): string {
  return pattern.replace(/\{(\w+)(?::(\w+))?\}/g, (_, field: string, how?: string) => {
    const value = record[field];
    if (how === "clock" && typeof value === "number") return formatDuration(value);
    return formatScalar(value, how === undefined ? decimals : Number(how));
  });
}
