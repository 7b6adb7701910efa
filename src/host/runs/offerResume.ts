/**
 * After a reload: what an earlier window did not finish, resumed with one click. Nothing is analysed unasked; what
 * was finished before goes by at once.
 */
import * as vscode from "vscode";
import { notifyInformation } from "../notify";
import { isRefused } from "../trust";
import type { RunController } from "./RunController";
import type { UnfinishedRun } from "./UnfinishedRun";

export async function offerResume(runs: RunController, unfinished: UnfinishedRun): Promise<void> {
  const left = unfinished.read();
  if (left.length === 0) return;
  const resume = vscode.l10n.t("Resume");
  const chosen = await notifyInformation(
    vscode.l10n.t("An analysis was not finished when the window closed. Finished files are kept."),
    resume,
  );
  // A run that was started meanwhile is remembered in its place.
  if (runs.current) return;
  if (chosen !== resume) {
    unfinished.write([]);
    return;
  }
  if (!(await isRefused())) await runs.resume(left);
}
