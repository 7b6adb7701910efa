/**
 * What a command was called on: menus hand over a resource or a tree's node first and the whole selection
 * second, the palette nothing. Arguments of other extensions' calls are checked like any input.
 */
import * as vscode from "vscode";
import { hasAudioExtension } from "../shared/audioFormats";

/** The picked files and folders without repetition; empty when the command was called on nothing. */
export function pickedUris(first: unknown, all: unknown): vscode.Uri[] {
  const items: unknown[] = Array.isArray(all) && all.length > 0 ? all : [first];
  // A node outside the selection, right-clicked, stands for itself.
  const picked =
    items.includes(first) || first === undefined || first instanceof vscode.Uri ? items : [first];
  const uris = picked.map(uriOf).filter((uri) => uri !== null);
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}

/** The audio file of the active editor, whichever editor shows it. */
export function activeAudioUri(): vscode.Uri | null {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isFile = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
  return isFile && hasAudioExtension(input.uri.path) ? input.uri : null;
}

function uriOf(item: unknown): vscode.Uri | null {
  if (item instanceof vscode.Uri) return item;
  if (!isRecord(item)) return null;
  if (isRecord(item["row"]) && typeof item["row"]["path"] === "string")
    return vscode.Uri.file(item["row"]["path"]);
  if (item["kind"] === "store" && isRecord(item["store"]) && typeof item["store"]["root"] === "string") {
    return vscode.Uri.file(item["store"]["root"]);
  }
  return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
