/** The words for a run's progress and its end, the same in status bar, tree and notices. */
import * as path from "node:path";
import * as vscode from "vscode";
import type { RunSummary } from "../../shared/engineProtocol";
import { formatDuration } from "../../shared/format";
import type { Run, RunTotals } from "./Run";
import type { RunEnd } from "./RunController";

/** "12 / 340", "Paused, 12 / 340", "Searching…", "Waiting for …". */
export function progressText(run: Run): string {
  if (run.isCancelling) return vscode.l10n.t("Cancelling…");
  const { waitingFor, counted, done, total, isPaused } = run.totals();
  if (waitingFor !== null) return vscode.l10n.t("Waiting for {0}", waitingFor);
  if (isPaused) return vscode.l10n.t("Paused, {0} / {1}", done, total);
  return counted ? `${done} / ${total}` : vscode.l10n.t("Searching…");
}

/** "about 3:20 left", or null while that cannot be said. */
export function timeLeftText(run: Run): string | null {
  const seconds = run.totals().isPaused ? null : run.secondsLeft();
  return seconds === null ? null : vscode.l10n.t("about {0} left", formatDuration(seconds));
}

/** "2 failed", or null when none has. */
export function failedText({ failed }: Pick<RunTotals, "failed">): string | null {
  return failed > 0 ? vscode.l10n.t("{0} failed", failed) : null;
}

/** "12 analyzed · 2 failed · 3 unchanged": what is zero or as usual is left out. */
export function sumsText(sums: RunSummary): string {
  const parts = [
    sums.succeeded > 0 ? vscode.l10n.t("{0} analyzed", sums.succeeded) : null,
    failedText(sums),
    sums.unchanged > 0 ? vscode.l10n.t("{0} unchanged", sums.unchanged) : null,
    sums.cancelled > 0 ? vscode.l10n.t("{0} cancelled", sums.cancelled) : null,
    sums.fellBack ? vscode.l10n.t("one by one, without workers") : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(" · ") : vscode.l10n.t("No audio files found");
}

/** The last run in a line. */
export function endText(end: RunEnd): string {
  if (end.problem !== null) return vscode.l10n.t("The run could not be finished");
  if (end.interrupted.length > 0) return vscode.l10n.t("Interrupted");
  if (end.isCancelled && end.sums.asked === 0) return vscode.l10n.t("Cancelled");
  return sumsText(end.sums);
}

/** File names of what is being analysed. */
export function activeNames(totals: RunTotals): string[] {
  return totals.active.map((file) => path.basename(file));
}
