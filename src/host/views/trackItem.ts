/** How one file looks in a tree: icon by state, name, then its headline numbers or its reason. */
import * as path from "node:path";
import * as vscode from "vscode";
import type { TrackRow } from "../../shared/engineProtocol";
import { formatDuration, formatHeadline, formatNumber } from "../../shared/format";
import { keyOfCamelot } from "../../shared/keyNames";
import type { FileState } from "../../shared/pageProtocol";
import { ITEM_KINDS } from "../manifest";
import type { CommandName } from "../manifest";

const OPEN: CommandName = "playlista.openAnalysis";

/**
 * The row of a file; its tooltip is made when it is pointed at (see {@link trackTooltip}). `state` is what has become
 * of the file since.
 */
export function trackItem(id: string, row: TrackRow, state: FileState = "same"): vscode.TreeItem {
  const uri = vscode.Uri.file(row.path);
  const item = new vscode.TreeItem(path.basename(row.path));
  item.id = id;
  item.resourceUri = uri;
  item.iconPath = trackIcon(row, state);
  const words = [stateWord(state), trackFacts(row)].filter((part) => part !== null && part !== "");
  item.description = words.join(" · ");
  item.contextValue = row.state === "failed" ? ITEM_KINDS.failedTrack : ITEM_KINDS.track;
  item.command = { command: OPEN, title: vscode.l10n.t("Open Analysis"), arguments: [uri] };
  item.accessibilityInformation = {
    label: [spokenTrack(row), stateWord(state)].filter((part) => part !== null).join(", "),
  };
  return item;
}

function trackFacts(row: TrackRow): string {
  if (row.state === "failed") return row.errorMessage ?? row.errorCode ?? "";
  const numbers = formatHeadline(row);
  if (row.state !== "imported") return numbers;
  return numbers === "" ? vscode.l10n.t("imported") : vscode.l10n.t("{0} · imported", numbers);
}

/** In a word; null for a file that is as it was. */
function stateWord(state: FileState): string | null {
  if (state === "same") return null;
  return state === "gone" ? vscode.l10n.t("missing") : vscode.l10n.t("changed");
}

function trackIcon(row: TrackRow, state: FileState): vscode.ThemeIcon {
  if (state === "gone")
    return new vscode.ThemeIcon("circle-slash", new vscode.ThemeColor("disabledForeground"));
  if (state === "changed")
    return new vscode.ThemeIcon("diff-modified", new vscode.ThemeColor("list.warningForeground"));
  if (row.state === "failed")
    return new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
  if (row.state === "imported") return new vscode.ThemeIcon("history");
  if (row.warnings > 0)
    return new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
  return vscode.ThemeIcon.File;
}

/** A small table of the headline numbers; what is wrong comes first. */
export function trackTooltip(row: TrackRow, state: FileState = "same"): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString(undefined, true);
  tooltip.appendMarkdown("**");
  tooltip.appendText(path.basename(row.path));
  tooltip.appendMarkdown("**\n\n");
  if (state === "gone") {
    tooltip.appendMarkdown("$(circle-slash) ");
    tooltip.appendText(vscode.l10n.t("The file is not there any more. What was measured is kept."));
    tooltip.appendMarkdown("\n\n");
  } else if (state === "changed") {
    tooltip.appendMarkdown("$(diff-modified) ");
    tooltip.appendText(vscode.l10n.t("The file has changed since. Analyze it again for its values of now."));
    tooltip.appendMarkdown("\n\n");
  }
  if (row.state === "failed") {
    tooltip.appendMarkdown("$(error) ");
    tooltip.appendText(row.errorMessage ?? "");
    tooltip.appendMarkdown("\n\n");
    tooltip.appendText(row.errorCode ?? "");
    return tooltip;
  }
  if (row.state === "imported") {
    tooltip.appendMarkdown("$(history) ");
    tooltip.appendText(vscode.l10n.t("Imported from an earlier Playlista; analyze to replace it."));
    tooltip.appendMarkdown("\n\n");
  }
  if (row.warnings > 0) {
    tooltip.appendMarkdown("$(warning) ");
    tooltip.appendText(vscode.l10n.t("Analyzed with warnings; open the analysis to read them."));
    tooltip.appendMarkdown("\n\n");
  }
  tooltip.appendMarkdown("| | |\n|:--|--:|\n");
  for (const [label, value] of headlineRows(row)) {
    tooltip.appendMarkdown(`| ${label} | `);
    // A database may come with a folder from anybody.
    tooltip.appendText(value);
    tooltip.appendMarkdown(" |\n");
  }
  return tooltip;
}

function headlineRows(row: TrackRow): [string, string][] {
  const shown = (value: number | null, unit: string): string =>
    value === null ? "–" : `${formatNumber(value, 1)} ${unit}`;
  return [
    [vscode.l10n.t("Tempo"), shown(row.tempo, "BPM")],
    [vscode.l10n.t("Key"), row.camelot === null ? "–" : keyWords(row.camelot)],
    [vscode.l10n.t("Integrated loudness"), shown(row.integrated, "LUFS")],
    [vscode.l10n.t("Duration"), row.duration === null ? "–" : formatDuration(row.duration)],
  ];
}

/** "A minor · 8A". */
function keyWords(camelot: string): string {
  const key = keyOfCamelot(camelot);
  return key === null ? camelot : `${key} · ${camelot}`;
}

/** The row as a sentence for a screen reader. */
function spokenTrack(row: TrackRow): string {
  const name = path.basename(row.path);
  if (row.state === "failed") return vscode.l10n.t("{0}, failed: {1}", name, row.errorMessage ?? "");
  const parts = [name];
  if (row.tempo !== null) parts.push(vscode.l10n.t("{0} beats per minute", formatNumber(row.tempo, 1)));
  if (row.camelot !== null) parts.push(vscode.l10n.t("key {0}", row.camelot));
  if (row.integrated !== null) parts.push(vscode.l10n.t("{0} LUFS", formatNumber(row.integrated, 1)));
  if (row.warnings > 0) parts.push(vscode.l10n.t("with warnings"));
  if (row.state === "imported") parts.push(vscode.l10n.t("imported"));
  return parts.join(", ");
}
