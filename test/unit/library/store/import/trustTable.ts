/** The trust table as docs/import.md shows it. */
import { CONVERSIONS, TRUST, type TrustRule } from "../../../../../src/library/store/import/trust";
import { EARLIER_VARIANTS, LEFT_OUT_REASONS } from "../../../../../src/shared/earlier";

/** What comes over as a table of Markdown, then what does not as a list: its names would make a table too wide. */
export function trustTables(): string {
  const kept = TRUST.flatMap((rule) => ("into" in rule.fate ? [keptRow(rule)] : []));
  const left = TRUST.flatMap((rule) => ("leftOut" in rule.fate ? [leftItem(rule)] : []));
  return [
    ...table(["Name there", "Forms", "Becomes", "Taken from", "Remarks"], kept),
    "",
    "Left out:",
    "",
    ...left,
    "",
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function keptRow({ names, variants, fate, note }: TrustRule): string[] {
  if (!("into" in fate)) return [];
  const { into, read } = fate;
  const unit = read.kind === "number" && read.unit ? CONVERSIONS[read.unit].say : "";
  const range = read.kind === "number" ? `${read.range[0]} to ${read.range[1]}` : "";
  return [code(names), forms(variants), target(into), range, [unit, note].filter(Boolean).join("; ")];
}

function target(into: Extract<TrustRule["fate"], { into: unknown }>["into"]): string {
  if ("column" in into) return `\`${into.column}\``;
  if ("own" in into) return `\`imported.values.${into.own}\``;
  return "tag" in into ? `\`tags.${into.tag}\`` : "tags of a model";
}

function leftItem({ names, variants, fate, note }: TrustRule): string {
  if (!("leftOut" in fate)) return "";
  const remark = note === undefined ? "" : ` (${note})`;
  return `- ${code(names)} in ${forms(variants)}: ${LEFT_OUT_REASONS[fate.leftOut]}${remark}.`;
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function forms(variants: TrustRule["variants"]): string {
  const all = Object.keys(EARLIER_VARIANTS).length;
  return variants.length === all ? "all" : variants.join(", ");
}
