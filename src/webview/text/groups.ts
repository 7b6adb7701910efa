/**
 * All numbers in groups. Measured groups follow from the list of measurements; what the file says of itself
 * (format, tags, place) is kept apart from them.
 */
import type { Analysis } from "../../shared/analysis";
import { formatValue, valueAt } from "../../shared/format";
import { MEASUREMENTS, type MeasurementDeclaration, type ValueDeclaration } from "../../shared/measurements";
import { besideOurs, type Beside } from "./beside";
import { missingWords } from "./missing";

export interface Row {
  label: string;
  /** Null is shown as a dash with `reason`. */
  value: string | null;
  reason: string | null;
  unit: string;
  /** Digits after the point, to line numbers up; null for words. */
  decimals: number | null;
  /** A list too long for the column of values: it gets lines of its own. */
  isLong?: boolean;
  /** What Playlista says where another program's value stands in this row. */
  beside?: Beside | null;
}

export interface Group {
  label: string;
  /** How its numbers are measured; null for what is read from the file. */
  how: string | null;
  rows: Row[];
}

/** Letters. */
const LONG_LIST = 20;

/** One group for each declared measurement, in the declared order; those on request where they were asked for. */
export function measuredGroups(analysis: Analysis): Group[] {
  return Object.entries<MeasurementDeclaration>(MEASUREMENTS)
    .filter(([, { onRequest, values }]) => onRequest !== true || isMeasured(analysis, values))
    .map(([id, measurement]) => ({
      label: measurement.label,
      how: howMeasured(id, measurement, analysis),
      rows: measurement.values.map((declaration) => measuredRow(analysis, declaration)),
    }));
}

function isMeasured(analysis: Analysis, [first]: readonly ValueDeclaration[]): boolean {
  const [group = ""] = first?.path.split(".") ?? [];
  return valueAt(analysis, group) !== null;
}

function measuredRow(analysis: Analysis, declaration: ValueDeclaration): Row {
  const value = formatValue(analysis, declaration);
  const isNumber = typeof valueAt(analysis, declaration.path) === "number";
  return {
    label: declaration.label,
    value,
    reason: value === null ? missingWords(analysis, declaration.path) : null,
    unit: declaration.unit,
    decimals: isNumber ? declaration.decimals : null,
    isLong: declaration.type === "list" && value !== null && value.length > LONG_LIST,
    beside: besideOurs(analysis, declaration.path),
  };
}

function howMeasured(id: string, measurement: MeasurementDeclaration, analysis: Analysis): string {
  const versions: Readonly<Record<string, number | undefined>> = analysis.versions.measurements;
  const version = versions[id] ?? measurement.version;
  return `${measurement.method}. Version ${version}. Source: ${measurement.source}.`;
}
