/** What must hold before anything is analysed: a trusted workspace, and files that have a path on disk. */
import * as vscode from "vscode";
import { notifyInformation } from "../notify";
import type { RunController } from "./RunController";

/** Starts a run on what can be analysed; says why when nothing can. Resolves when the run is over. */
export async function startAnalysis(
  runs: RunController,
  uris: readonly vscode.Uri[],
  options: { force: boolean },
): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    await refuseRestricted();
    return;
  }
  const onDisk = uris.filter((uri) => uri.scheme === "file");
  if (onDisk.length < uris.length) void tellNotOnDisk();
  if (onDisk.length > 0) await runs.analyze(onDisk, options);
}

async function refuseRestricted(): Promise<void> {
  const manage = vscode.l10n.t("Manage Workspace Trust");
  const chosen = await notifyInformation(
    vscode.l10n.t("In Restricted Mode, stored analyses are shown but nothing is analyzed."),
    manage,
  );
  if (chosen === manage) await vscode.commands.executeCommand("workbench.trust.manage");
}

async function tellNotOnDisk(): Promise<void> {
  await notifyInformation(
    vscode.l10n.t(
      "Only files on a disk can be analyzed. Copy files of a virtual file system to a folder first.",
    ),
  );
}
