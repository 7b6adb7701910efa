/**
 * Measured values as tab-separated text: one file as a list under its headline, several as a table with a row
 * a file. Numbers are unrounded and with an ASCII minus, so that a spreadsheet takes them for numbers.
 */
import type { Analysis } from "../../shared/analysis";
import { formatHeadline, headlineOf, valueOf } from "../../shared/format";
import { MEASUREMENTS } from "../../shared/measurements";
import type { MeasurementDeclaration, ValueDeclaration } from "../../shared/measurements";

interface Column {
  /** "Loudness: Integrated". */
  label: string;
  declaration: ValueDeclaration;
}

const COLUMNS: readonly Column[] = Object.values<MeasurementDeclaration>(MEASUREMENTS).flatMap(
  (measurement) =>
    measurement.values.map((declaration) => ({
      label: `${measurement.label}: ${declaration.label}`,
      declaration,
    })),
);

/** The text of one or more analyses; a value that could not be measured is left empty. */
export function valuesText(analyses: readonly Analysis[]): string {
  const [only] = analyses;
  return only && analyses.length === 1 ? list(only) : table(analyses);
}

function list(analysis: Analysis): string {
  const headline = analysis.error ? analysis.error.message : formatHeadline(headlineOf(analysis));
  const rows = COLUMNS.map(({ label, declaration }) => [
    label,
    cell(analysis, declaration),
    declaration.unit,
  ]);
  return [[analysis.path], [headline], ...rows].map((row) => row.join("\t").trimEnd()).join("\n") + "\n";
}

function table(analyses: readonly Analysis[]): string {
  const header = COLUMNS.map(({ label, declaration: { unit } }) => (unit ? `${label} (${unit})` : label));
  const rows = analyses.map((analysis) => [
    analysis.path,
    ...COLUMNS.map(({ declaration }) => cell(analysis, declaration)),
  ]);
  return [["File", ...header], ...rows].map((row) => row.join("\t")).join("\n") + "\n";
}

function cell(analysis: Analysis, declaration: ValueDeclaration): string {
  return String(valueOf(analysis, declaration) ?? "");
}
