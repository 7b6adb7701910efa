/**
 * Measured values as tab-separated text: one file as a list under its headline, several as a table with a row
 * a file. Numbers are unrounded and with an ASCII minus, so that a spreadsheet takes them for numbers.
 */
import type { Analysis } from "../../shared/analysis";
import { formatHeadline, headlineOf, valueAt } from "../../shared/format";
import { leavesOf, MEASUREMENTS } from "../../shared/measurements";
import type { Leaf, MeasurementDeclaration } from "../../shared/measurements";

/** Labelled "Loudness: Integrated"; what is measured on request only where one of the files has it. */
function columnsOf(analyses: readonly Analysis[]): Leaf[] {
  return Object.values<MeasurementDeclaration>(MEASUREMENTS).flatMap(({ label, onRequest, values }) => {
    const leaves = values.flatMap(leavesOf);
    const hasOne = analyses.some((analysis) => leaves.some(({ path }) => valueAt(analysis, path) !== null));
    if (onRequest === true && !hasOne) return [];
    return leaves.map((leaf) => ({ ...leaf, label: `${label}: ${leaf.label}` }));
  });
}

/** The text of one or more analyses; a value that could not be measured is left empty. */
export function valuesText(analyses: readonly Analysis[]): string {
  const [only] = analyses;
  return only && analyses.length === 1 ? list(only) : table(analyses);
}

function list(analysis: Analysis): string {
  const headline = analysis.error ? analysis.error.message : formatHeadline(headlineOf(analysis));
  const rows = columnsOf([analysis]).map((leaf) => [leaf.label, cell(analysis, leaf), leaf.unit]);
  return [[analysis.path], [headline], ...rows].map((row) => row.join("\t").trimEnd()).join("\n") + "\n";
}

function table(analyses: readonly Analysis[]): string {
  const columns = columnsOf(analyses);
  const header = columns.map(({ label, unit }) => (unit ? `${label} (${unit})` : label));
  const rows = analyses.map((analysis) => [analysis.path, ...columns.map((leaf) => cell(analysis, leaf))]);
  return [["File", ...header], ...rows].map((row) => row.join("\t")).join("\n") + "\n";
}

/** Words as they are, all else as JSON writes it. */
function cell(analysis: Analysis, { path }: Leaf): string {
  const value = valueAt(analysis, path);
  if (value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
