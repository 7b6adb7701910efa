/** "Remove from Library": forgets results. The files are not touched. */
import { stat } from "node:fs/promises";
import * as path from "node:path";
import * as vscode from "vscode";
import type { CommandHandler } from "../contributions";
import { engineErrorCode } from "../engine/engineErrorCode";
import { notifyWarning } from "../notify";
import { pickedUris } from "../picked";
import { orInStorage } from "../stores/orInStorage";
import { isRefused } from "../trust";
import type { Services } from "./Services";

export function removeFromLibrary({ engine, stores, fallBack }: Services): CommandHandler {
  return async (first, all) => {
    if (await isRefused()) return;
    const uris = pickedUris(first, all);
    if (!(await isConfirmed(uris))) return;
    try {
      for (const uri of uris) {
        await orInStorage(stores.forUri(uri).location, fallBack, (store) =>
          engine.request("remove", { store, paths: [uri.fsPath] }),
        );
      }
    } catch (error) {
      if (!["inUse", "readOnly"].includes(engineErrorCode(error) ?? "")) throw error;
      await notifyWarning(vscode.l10n.t("Nothing was removed. {0}", (error as Error).message));
    }
  };
}

/** One file's result is made again in seconds; more are asked about first. */
async function isConfirmed(uris: readonly vscode.Uri[]): Promise<boolean> {
  const [only] = uris;
  if (!only) return false;
  if (uris.length === 1 && !(await isFolder(only))) return true;
  const remove = vscode.l10n.t("Remove");
  const question =
    uris.length === 1
      ? vscode.l10n.t("Remove all results of “{0}” from the library?", path.basename(only.fsPath))
      : vscode.l10n.t("Remove the results of {0} selected items from the library?", uris.length);
  const detail = vscode.l10n.t("The audio files stay as they are and can be analyzed again.");
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, remove)) === remove;
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  return stat(uri.fsPath).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
