/** What must hold before anything is analysed: a trusted workspace, and files that have a path on disk. */
import * as vscode from "vscode";
import { notifyInformation } from "../notify";
import { isRefused } from "../trust";
import type { RunController } from "./RunController";

/** Starts a run on what can be analysed; says why when nothing can. Resolves when the run is over. */
export async function startAnalysis(
  runs: RunController,
  uris: readonly vscode.Uri[],
  options: { force: boolean },
): Promise<void> {
  if (await isRefused()) return;
  const onDisk = uris.filter((uri) => uri.scheme === "file");
  if (onDisk.length < uris.length) void tellNotOnDisk();
  if (onDisk.length > 0) {
    await runs.analyze(
      onDisk.map((uri) => uri.fsPath),
      options,
    );
  }
}

async function tellNotOnDisk(): Promise<void> {
  await notifyInformation(
    vscode.l10n.t(
      "Only files on a disk can be analyzed. Copy files of a virtual file system to a folder first.",
    ),
  );
}
