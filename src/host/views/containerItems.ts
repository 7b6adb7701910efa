/** How a library, a folder, and what is not listed yet look in the Library. */
import * as path from "node:path";
import * as vscode from "vscode";
import { ITEM_KINDS } from "../manifest";
import type { CommandName } from "../manifest";
import type { FolderNode, MoreNode, StoreNode } from "./LibraryNodes";

const LOAD_MORE: CommandName = "playlista.loadMore";

/** The row of a library; one that can't be read says why. */
export function storeItem(node: StoreNode): vscode.TreeItem {
  const item = new vscode.TreeItem(
    node.folderName ?? vscode.l10n.t("Other Files"),
    node.problem === null ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None,
  );
  item.id = node.id;
  if (node.folderName !== null) item.contextValue = ITEM_KINDS.store;
  item.iconPath = new vscode.ThemeIcon(node.folderName === null ? "files" : "root-folder");
  if (node.problem !== null) {
    item.iconPath = new vscode.ThemeIcon("warning");
    item.description = vscode.l10n.t("cannot be read");
    item.tooltip = node.problem;
  }
  return item;
}

/** The row of a folder, with its counts. */
export function folderItem(node: FolderNode): vscode.TreeItem {
  const { row, parent } = node;
  const item = new vscode.TreeItem(path.basename(row.path), vscode.TreeItemCollapsibleState.Collapsed);
  const counts =
    row.failed > 0 ? vscode.l10n.t("{0} · {1} failed", row.tracks, row.failed) : String(row.tracks);
  const isOutside = parent.kind === "store" && path.dirname(row.path) !== parent.store.root;
  item.id = node.id;
  item.resourceUri = vscode.Uri.file(row.path);
  item.iconPath = vscode.ThemeIcon.Folder;
  item.contextValue = ITEM_KINDS.folder;
  item.description = isOutside ? `${counts} · ${path.dirname(row.path)}` : counts;
  item.tooltip = row.path;
  item.accessibilityInformation = {
    label: vscode.l10n.t(
      "{0}, folder, {1} files, {2} failed",
      path.basename(row.path),
      row.tracks,
      row.failed,
    ),
  };
  return item;
}

/** The row that lists more when it is clicked. */
export function moreItem(node: MoreNode): vscode.TreeItem {
  const title = vscode.l10n.t("Load More");
  const item = new vscode.TreeItem(title);
  item.id = node.id;
  item.contextValue = ITEM_KINDS.more;
  item.iconPath = new vscode.ThemeIcon("ellipsis");
  item.description = vscode.l10n.t("{0} more", node.remaining);
  item.command = { command: LOAD_MORE, title, arguments: [node] };
  return item;
}
