/** How a group of tracks looks in the Library: what they have in common, and how many there are. */
import * as vscode from "vscode";
import type { Grouping } from "../../shared/engineProtocol";
import { ITEM_KINDS } from "../manifest";
import type { GroupNode } from "./LibraryNodes";

/** "folder": as the files lie on the disk. */
export type LibraryGrouping = Grouping | "folder";

const ICONS: Readonly<Record<Grouping, string>> = {
  tempo: "dashboard",
  key: "symbol-key",
  tag: "tag",
  state: "pulse",
};

/** The row of a group; `grouping` is what all groups of the tree are by. */
export function groupItem({ id, group }: GroupNode, grouping: LibraryGrouping): vscode.TreeItem {
  const label = groupLabel(grouping, group.name);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon(grouping === "folder" ? "list-flat" : ICONS[grouping]);
  item.contextValue = ITEM_KINDS.group;
  item.description = String(group.tracks);
  item.tooltip = group.query;
  item.accessibilityInformation = { label: vscode.l10n.t("{0}, group, {1} files", label, group.tracks) };
  return item;
}

function groupLabel(grouping: LibraryGrouping, name: string | null): string {
  if (grouping === "tempo") {
    if (name === null) return vscode.l10n.t("No tempo");
    return vscode.l10n.t("{0} to {1} BPM", name, Number(name) + 9);
  }
  if (name === null) return grouping === "key" ? vscode.l10n.t("No key") : vscode.l10n.t("No genre");
  return name;
}
