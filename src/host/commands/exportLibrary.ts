/** "Export…": a library, or what a query finds in it, as a table, as JSON lines or as a playlist. */
import * as path from "node:path";
import * as vscode from "vscode";
import type { ExportFormat } from "../../shared/engineProtocol";
import type { CommandHandler } from "../contributions";
import { engineErrorCode } from "../engine/engineErrorCode";
import { notifyInformation, notifyWarning } from "../notify";
import { pickStore } from "../stores/pickStore";
import type { NamedStore } from "../stores/Stores";
import { isRefused } from "../trust";
import type { Services } from "./Services";

export function exportLibrary({ engine, stores, library }: Services): CommandHandler {
  return async () => {
    if (await isRefused()) return;
    const title = vscode.l10n.t("Export");
    const store = await pickStore(stores, title);
    const format = store && (await pickFormat(title));
    if (!format) return;
    const query = await vscode.window.showInputBox({
      title,
      value: library.filter,
      prompt: vscode.l10n.t("Which tracks? A query as in Search Library; nothing for all."),
    });
    const place = query === undefined ? undefined : await askPlace(store, format);
    if (query === undefined || !place) return;
    // The editor's own dialog has asked before it names a file that is there.
    const params = { store: store.location, query, format, file: place.fsPath, overwrite: true };
    try {
      const { found, problem } = await engine.request("export", params);
      if (!found) await notifyWarning(vscode.l10n.t("Nothing was exported. {0}", problem.message));
      else await offerToOpen(place, found);
    } catch (error) {
      if ([null, "bug"].includes(engineErrorCode(error))) throw error;
      await notifyWarning(vscode.l10n.t("Nothing was exported. {0}", (error as Error).message));
    }
  };
}

async function pickFormat(title: string): Promise<ExportFormat | null> {
  const choices: (vscode.QuickPickItem & { format: ExportFormat })[] = [
    { format: "csv", label: "CSV", description: vscode.l10n.t("a table of all values, for spreadsheets") },
    { format: "jsonl", label: "JSON Lines", description: vscode.l10n.t("whole results, for programs") },
    {
      format: "m3u8",
      label: "M3U8",
      description: vscode.l10n.t("a playlist with relative paths, for players"),
    },
  ];
  return (await vscode.window.showQuickPick(choices, { title }))?.format ?? null;
}

function askPlace(
  { location, folderName }: NamedStore,
  format: ExportFormat,
): Thenable<vscode.Uri | undefined> {
  const folder = folderName === null ? undefined : location.root;
  return vscode.window.showSaveDialog({
    ...(folder
      ? { defaultUri: vscode.Uri.file(path.join(folder, `${folderName ?? "library"}.${format}`)) }
      : {}),
    filters: { [format.toUpperCase()]: [format] },
  });
}

async function offerToOpen(
  place: vscode.Uri,
  { written, leftOut }: { written: number; leftOut: number },
): Promise<void> {
  const open = vscode.l10n.t("Open");
  const name = path.basename(place.fsPath);
  const text =
    leftOut > 0
      ? vscode.l10n.t("{0} tracks are in {1}; {2} that failed are left out.", written, name, leftOut)
      : vscode.l10n.t("{0} tracks are in {1}.", written, name);
  if ((await notifyInformation(text, open)) === open)
    await vscode.commands.executeCommand("vscode.open", place);
}
