/** "Reveal in Explorer View": shows a row's file in the Explorer. */
import * as vscode from "vscode";
import { notifyInformation } from "../notify";
import type { CommandHandler } from "../contributions";
import { pickedUris } from "../picked";

export const revealInExplorer: CommandHandler = async (first) => {
  const [uri] = pickedUris(first, undefined);
  if (!uri) return;
  if (!vscode.workspace.getWorkspaceFolder(uri)) {
    await notifyInformation(
      vscode.l10n.t(
        "This file is in none of the open folders, so the Explorer does not show it: {0}",
        uri.fsPath,
      ),
    );
    return;
  }
  await vscode.commands.executeCommand("revealInExplorer", uri);
};
