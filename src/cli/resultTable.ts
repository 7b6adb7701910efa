/** Results as a table for people: a row a file, numbers aligned, failures with their reason. */
import Table from "cli-table3";
import type { Analysis } from "../shared/analysis";
import { printable } from "./printable";
import { formatDuration, formatNumber } from "../shared/format";

const NO_BORDERS = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
} as const;

const HEAD = ["File", "Length", "BPM", "Conf.", "Key", "Camelot", "LUFS", "Peak dBFS", "Note"];

/** `rows`: each as {@link tableRow} gives it. */
export function resultTable(rows: readonly string[][]): string {
  const table = new Table({
    head: HEAD,
    chars: NO_BORDERS,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: ["left", "right", "right", "right", "left", "left", "right", "right", "left"],
  });
  for (const row of rows) table.push([...row]);
  // Without borders the last column leaves trailing spaces behind.
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .join("\n");
}

/** What the table shows of an analysis: all that needs to be kept of it until the table is printed. */
export function tableRow(analysis: Analysis): string[] {
  const { format, rhythm, tonal, loudness } = analysis;
  return [
    analysis.path,
    format ? formatDuration(format.duration) : "–",
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
  return analysis.warnings.map((warning) => `${warning.code}: ${warning.message}`).join("; ");
}
