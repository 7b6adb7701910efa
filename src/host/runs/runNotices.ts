/**
 * What a user is told in a notification: nothing when all went well, one warning for a run with failures, the
 * engine's unexpected end once, and once a window that threads can't be used.
 */
import * as path from "node:path";
import * as vscode from "vscode";
import { notifyError, notifyInformation, notifyWarning } from "../notify";
import { executeCommand } from "../contributions";
import type { EngineClient } from "../engine/EngineClient";
import type { SettingName } from "../manifest";
import { fewerWorkers } from "./fewerWorkers";
import type { RunController, RunEnd } from "./RunController";
import { sumsText } from "./runTexts";

/** Listens for as long as the window lives. */
export function registerRunNotices(runs: RunController, engine: EngineClient): vscode.Disposable {
  let hasToldFallback = false;
  let ranOutOfMemory = false;
  return vscode.Disposable.from(
    engine.onNotification("trackChanged", ({ track }) => {
      if (track?.errorCode === "outOfMemory") ranOutOfMemory = true;
    }),
    runs.onDidEnd((end) => {
      const fewer = ranOutOfMemory ? fewerWorkers(end.sums.workers) : null;
      ranOutOfMemory = false;
      // What nobody asked for interrupts nobody: tree and status bar tell of it.
      if (!end.isUnasked) void tellEnd(end, fewer);
      if (!end.sums.fellBack || hasToldFallback) return;
      hasToldFallback = true;
      void tellFallback();
    }),
    engine.onDidTurn((turn) => {
      if (turn !== "startedAgain") void tellStop(turn === "restarted", runs, engine);
    }),
  );
}

/** `fewer` is how many workers to offer, or null. */
async function tellEnd(end: RunEnd, fewer: number | null): Promise<void> {
  const { sums, isCancelled, problem, interrupted } = end;
  const showLog = vscode.l10n.t("Show Log");
  if (problem !== null) {
    const chosen = await notifyError(
      vscode.l10n.t("The analysis could not be finished. {0}", problem),
      showLog,
    );
    if (chosen === showLog) await executeCommand("playlista.showLog");
    return;
  }
  if (sums.asked === 0 && !isCancelled && interrupted.length === 0) {
    await notifyInformation(vscode.l10n.t("No audio files that Playlista can read were found."));
    return;
  }
  if (sums.failed === 0) return;
  const showFailed = vscode.l10n.t("Show Failed");
  const useFewer = vscode.l10n.t("Use Fewer Workers");
  const actions = fewer === null ? [showFailed, showLog] : [useFewer, showFailed, showLog];
  const chosen = await notifyWarning(failedSentence(sums), ...actions);
  if (chosen === useFewer && fewer !== null) await limitWorkers(fewer);
  if (chosen === showFailed) await executeCommand("playlista.showFailed");
  if (chosen === showLog) await executeCommand("playlista.showLog");
}

const WORKERS: SettingName = "playlista.analysis.workers";
const MESSAGE_MS = 5000;

/** For this workspace, or for the user where there is none. */
async function limitWorkers(workers: number): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const { Global, Workspace } = vscode.ConfigurationTarget;
  await configuration.update(WORKERS, workers, vscode.workspace.workspaceFolders ? Workspace : Global);
  const text = vscode.l10n.t("Playlista analyzes at most {0} at once from now on", workers);
  vscode.window.setStatusBarMessage(text, MESSAGE_MS);
}

async function tellFallback(): Promise<void> {
  const showLog = vscode.l10n.t("Show Log");
  const chosen = await notifyWarning(
    vscode.l10n.t(
      "Workers could not be started, so files are analyzed one by one. The results are the same.",
    ),
    showLog,
  );
  if (chosen === showLog) await executeCommand("playlista.showLog");
}

/** All sums, so that it is clear what became of the others. */
function failedSentence(sums: RunEnd["sums"]): string {
  const { asked, failed, firstFailure } = sums;
  if (failed === 1 && firstFailure) {
    const name = path.basename(firstFailure.path);
    return vscode.l10n.t("“{0}” could not be analyzed. {1}", name, firstFailure.message);
  }
  const sentence = vscode.l10n.t("{0} of {1} files could not be analyzed.", failed, asked);
  if (asked === failed) return sentence;
  const others = sumsText({ ...sums, failed: 0, fellBack: false });
  return `${sentence} ${vscode.l10n.t("The others: {0}.", others)}`;
}

async function tellStop(restarted: boolean, runs: RunController, engine: EngineClient): Promise<void> {
  const interrupted = runs.current?.unfinished ?? [];
  const showLog = vscode.l10n.t("Show Log");
  const again = restarted ? vscode.l10n.t("Run Again") : vscode.l10n.t("Start Again");
  const chosen = restarted
    ? await notifyWarning(
        vscode.l10n.t(
          "The analysis engine stopped unexpectedly and was started again. Finished files are kept.",
        ),
        ...(interrupted.length > 0 ? [again, showLog] : [showLog]),
      )
    : await notifyError(
        vscode.l10n.t(
          "The analysis engine stopped several times in a short while and was not started again.",
        ),
        again,
        showLog,
      );
  if (chosen === showLog) await executeCommand("playlista.showLog");
  if (chosen !== again) return;
  if (!restarted) engine.startAgain();
  if (interrupted.length > 0) await runs.resume(interrupted);
}
