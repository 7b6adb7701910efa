/** In Restricted Mode nothing is analysed and no library changed, whoever calls a command. */
import * as vscode from "vscode";
import { notifyInformation } from "./notify";

/** True, and said, when the workspace is not trusted. */
export async function isRefused(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return false;
  const manage = vscode.l10n.t("Manage Workspace Trust");
  const chosen = await notifyInformation(
    vscode.l10n.t("In Restricted Mode, stored analyses are shown but nothing is analyzed or removed."),
    manage,
  );
  if (chosen === manage) await vscode.commands.executeCommand("workbench.trust.manage");
  return true;
}
