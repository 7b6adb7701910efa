/**
 * "Verify Threaded Analysis": real files by threads, by processes and one by one, every value compared. What came of
 * it is a document and a notification; nothing is kept.
 */
import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import type { VerifyReport } from "../../shared/verify";
import type { CommandHandler } from "../contributions";
import { notifyError, notifyInformation, notifyWarning } from "../notify";
import { pickedUris } from "../picked";
import { isRefused } from "../trust";
import { hasPassed, verdictText, verifyText } from "../verify/verifyText";
import type { Services } from "./Services";

/** Enough for every format and length that a folder has; each is analysed three times. */
const MAX_FILES = 8;
const REPORT = "Verification of Threaded Analysis.md";

export function verifyThreads(services: Services): CommandHandler {
  return async (first, all) => {
    if (await isRefused()) return;
    const picked = pickedUris(first, all);
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    const uris = (picked.length > 0 ? picked : folders).filter(({ scheme }) => scheme === "file");
    let report = uris.length > 0 ? await verify(services, uris) : NOTHING;
    if (report?.files.length === 0) report = await verifyChosen(services);
    if (report) await tell(services, report);
  };
}

const NOTHING: VerifyReport = { files: [], runs: [], pairs: [], faults: [] };

/** Null when nothing was chosen, or it was cancelled. */
async function verifyChosen(services: Services): Promise<VerifyReport | null> {
  const choose = vscode.l10n.t("Choose Audio…");
  const question = vscode.l10n.t("There are no audio files here to verify with.");
  if ((await notifyWarning(question, choose)) !== choose) return null;
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: true,
    canSelectFolders: true,
    canSelectMany: true,
    title: vscode.l10n.t("Verify Threaded Analysis"),
    openLabel: vscode.l10n.t("Verify"),
  });
  return chosen ? verify(services, chosen) : null;
}

/** Null when it was cancelled. */
async function verify(
  { engine, settings }: Services,
  uris: readonly vscode.Uri[],
): Promise<VerifyReport | null> {
  const [first] = uris;
  if (!first) return null;
  const { exclude, workers } = settings.forUri(first);
  const runId = randomUUID();
  const title = vscode.l10n.t("Verifying threaded analysis");
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    let shown = 0;
    const subscriptions = vscode.Disposable.from(
      engine.onNotification("verifyProgress", ({ runId: of, executor, done, total }) => {
        if (of !== runId) return;
        progress.report({
          message: `${executor}, ${done} / ${total}`,
          increment: ((done - shown) * 100) / total,
        });
        shown = done;
      }),
      token.onCancellationRequested(() => void engine.request("cancel", { runId })),
    );
    try {
      const paths = uris.map(({ fsPath }) => fsPath);
      return await engine.request("verify", { runId, paths, exclude, workers, maxFiles: MAX_FILES });
    } finally {
      subscriptions.dispose();
    }
  });
}

async function tell({ reports, channel }: Services, report: VerifyReport): Promise<void> {
  await reports.show(REPORT, verifyText(report));
  const verdict = verdictText(report);
  channel.log(hasPassed(report) ? "info" : "error", "verify", verdict);
  if (hasPassed(report)) await notifyInformation(verdict);
  else await notifyError(verdict);
}
