/** Results as a table for people: a row a file, numbers aligned, failures with their reason. */
import stringWidth from "string-width";
import type { Analysis } from "../shared/analysis";
import { MISSING_REASONS } from "../shared/codes";
import { formatDuration, formatNumber } from "../shared/format";
import { printable } from "./printable";

interface Column {
  head: string;
  align: "left" | "right";
}

const COLUMNS: readonly Column[] = [
  { head: "File", align: "left" },
  { head: "Length", align: "right" },
  { head: "BPM", align: "right" },
  { head: "Conf.", align: "right" },
  { head: "Key", align: "left" },
  { head: "Camelot", align: "left" },
  { head: "LUFS", align: "right" },
  { head: "Peak dBFS", align: "right" },
  { head: "Note", align: "left" },
];

/** Why a "–" stands in the table is said in the note. */
const HEADLINE_PATHS = [
  ["rhythm.tempo", "BPM"],
  ["tonal.key", "key"],
  ["loudness.integrated", "LUFS"],
] as const;

/** A text wider than this makes its own line long, and no other. */
const MAX_WIDTH = 100;

/** `rows`: each as {@link tableRow} gives it. Time grows with the rows, not with their square. */
export function resultTable(rows: readonly string[][]): string {
  const all = [COLUMNS.map(({ head }) => head), ...rows];
  const widths = COLUMNS.map((_, column) =>
    all.reduce((widest, row) => {
      const width = stringWidth(row[column] ?? "");
      return width > MAX_WIDTH ? widest : Math.max(widest, width);
    }, 0),
  );
  const line = (row: readonly string[]): string =>
    COLUMNS.map(({ align }, column) => pad(row[column] ?? "", widths[column] ?? 0, align))
      .join("  ")
      .trimEnd();
  return all.map(line).join("\n");
}

/** Fills up to `width` columns of a terminal, where some letters take two and some none. */
function pad(text: string, width: number, align: Column["align"]): string {
  const space = " ".repeat(Math.max(0, width - stringWidth(text)));
  return align === "left" ? text + space : space + text;
}

/** What the table shows of an analysis: all that needs to be kept of it until the table is printed. */
export function tableRow(analysis: Analysis): string[] {
  const { rhythm, tonal, loudness } = analysis;
  const duration = analysis.format?.duration ?? analysis.imported?.duration ?? null;
  return [
    analysis.path,
    duration === null ? "–" : formatDuration(duration),
    number(rhythm?.tempo, 1),
    number(rhythm?.confidence, 2),
    tonal?.key ? `${tonal.key} ${tonal.mode ?? ""}`.trim() : "–",
    tonal?.camelot ?? "–",
    number(loudness?.integrated, 1),
    number(loudness?.samplePeak, 1),
    note(analysis),
  ].map(printable);
}

function number(value: number | null | undefined, decimals: number): string {
  return value === null || value === undefined ? "–" : formatNumber(value, decimals);
}

function note(analysis: Analysis): string {
  if (analysis.error) return `failed (${analysis.error.code}): ${analysis.error.message}`;
  if (analysis.state === "imported") return "imported from an earlier Playlista";
  const warnings = analysis.warnings.map((warning) => `${warning.code}: ${warning.message}`);
  const absent = HEADLINE_PATHS.flatMap(([path, label]) => {
    const reason = analysis.missing[path];
    return reason ? [`${label}: ${MISSING_REASONS[reason]}`] : [];
  });
  return [...warnings, ...absent].join("; ");
}
