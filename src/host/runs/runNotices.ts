/**
 * What a user is told in a notification: nothing when all went well, one warning for a run with failures, the
 * engine's unexpected end once, and once a window that threads can't be used.
 */
import * as path from "node:path";
import * as vscode from "vscode";
import { notifyError, notifyInformation, notifyWarning } from "../notify";
import { executeCommand } from "../contributions";
import type { EngineClient } from "../engine/EngineClient";
import type { RunController, RunEnd } from "./RunController";

/** Listens for as long as the window lives. */
export function registerRunNotices(runs: RunController, engine: EngineClient): vscode.Disposable {
  let hasToldFallback = false;
  return vscode.Disposable.from(
    runs.onDidEnd((end) => {
      void tellEnd(end);
      if (!end.sums.fellBack || hasToldFallback) return;
      hasToldFallback = true;
      void tellFallback();
    }),
    engine.onDidTurn((turn) => {
      if (turn !== "startedAgain") void tellStop(turn === "restarted", runs, engine);
    }),
  );
}

async function tellEnd({ sums, isCancelled, problem, interrupted }: RunEnd): Promise<void> {
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
  const chosen = await notifyWarning(failedSentence(sums), showFailed, showLog);
  if (chosen === showFailed) await executeCommand("playlista.showFailed");
  if (chosen === showLog) await executeCommand("playlista.showLog");
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

function failedSentence({ asked, failed, firstFailure }: RunEnd["sums"]): string {
  if (failed === 1 && firstFailure) {
    const name = path.basename(firstFailure.path);
    return vscode.l10n.t("“{0}” could not be analyzed. {1}", name, firstFailure.message);
  }
  return vscode.l10n.t("{0} of {1} files could not be analyzed.", failed, asked);
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
