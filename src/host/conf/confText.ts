/** A playlista.conf before it is taken over, as a document: every key in it, and what would become of it. */
import type { ConfPreview } from "../../shared/conf";
import { markdownTable } from "../markdownTable";
import { shown, type PlannedSetting } from "./confPlan";

/** `file` is how the file is named to the user. */
export function confText(file: string, plan: readonly PlannedSetting[], preview: ConfPreview): string {
  const changes = plan.filter(({ isChange }) => isChange);
  const same = plan.filter(({ isChange }) => !isChange);
  const ignored = preview.outcomes.filter(({ sets }) => sets === null);
  const lines = preview.notices.filter(({ line, message }) => line !== null && /not KEY=value/.test(message));
  const sections = [
    `# What ${file} would set`,
    changes.length > 0
      ? settingTable(changes)
      : "Nothing: it says nothing that is not so already, or has no effect here.",
    ...(same.length > 0 ? ["## Set like this already", settingTable(same)] : []),
    ...(ignored.length > 0 ? ["## Ignored", ignoredTable(ignored)] : []),
    ...(lines.length > 0
      ? ["## Not understood", lines.map(({ line, message }) => `- Line ${line ?? ""}: ${message}`).join("\n")]
      : []),
    "Values of secrets are neither read nor shown. The file itself stays as it is.",
  ];
  return sections.join("\n\n") + "\n";
}

function settingTable(plan: readonly PlannedSetting[]): string {
  return markdownTable([
    ["setting", "now", "in the file", "by"],
    ...plan.map(({ setting, from, to, by }) => [setting, shown(from), shown(to), by]),
  ]);
}

function ignoredTable(ignored: ConfPreview["outcomes"]): string {
  return markdownTable([
    ["line", "key", "value", "why"],
    ...ignored.map(({ line, key, text, reason }) => [String(line), key, text ?? "(secret)", reason ?? ""]),
  ]);
}
