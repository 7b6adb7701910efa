/**
 * The one status bar item: there while a run goes on, then with its sums for some seconds, or until the next run
 * when something failed.
 */
import * as vscode from "vscode";
import { STATUS_ITEM } from "../manifest";
import type { CommandName } from "../manifest";
import type { Run } from "./Run";
import type { RunController, RunEnd } from "./RunController";
import { activeNames, endText, failedText, progressText, timeLeftText } from "./runTexts";

const SHOW_RUN: CommandName = "playlista.showRun";
const CANCEL: CommandName = "playlista.cancelAnalysis";
const SUMS_SHOWN_MS = 8000;

export class RunStatusItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem(STATUS_ITEM, vscode.StatusBarAlignment.Left, 10);
  readonly #runs: RunController;
  readonly #subscriptions: vscode.Disposable;
  #hideTimer: NodeJS.Timeout | undefined;

  constructor(runs: RunController) {
    this.#runs = runs;
    this.#item.name = vscode.l10n.t("Playlista");
    this.#item.command = SHOW_RUN;
    this.#subscriptions = vscode.Disposable.from(
      this.#item,
      runs.onDidChange(() => {
        if (runs.current) this.#showRun(runs.current);
      }),
      runs.onDidEnd((end) => {
        this.#showEnd(end);
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.#hideTimer);
    this.#subscriptions.dispose();
  }

  #showRun(run: Run): void {
    clearTimeout(this.#hideTimer);
    const { waitingFor, isPaused } = run.totals();
    const icon = waitingFor !== null ? "lock" : isPaused ? "debug-pause" : "sync~spin";
    const text = progressText(run);
    this.#item.text = `$(${run.isCancelling ? "sync~spin" : icon}) ${text}`;
    this.#item.backgroundColor = undefined;
    this.#item.tooltip = runTooltip(run);
    this.#item.accessibilityInformation = { label: vscode.l10n.t("Playlista analysis: {0}", text) };
    this.#item.show();
  }

  #showEnd(end: RunEnd): void {
    const text = endText(end);
    const hasError = end.sums.failed > 0 || end.problem !== null || end.interrupted.length > 0;
    this.#item.text = `$(${endIcon(end, hasError)}) ${text}`;
    this.#item.backgroundColor = hasError
      ? new vscode.ThemeColor("statusBarItem.errorBackground")
      : undefined;
    this.#item.tooltip = vscode.l10n.t("Show the analysis run");
    this.#item.accessibilityInformation = { label: vscode.l10n.t("Playlista analysis over: {0}", text) };
    this.#item.show();
    // What failed waits for the user; what went well does not stay in the way.
    if (hasError) return;
    this.#hideTimer = setTimeout(() => {
      if (!this.#runs.current) this.#item.hide();
    }, SUMS_SHOWN_MS);
  }
}

function endIcon(end: RunEnd, hasError: boolean): string {
  if (hasError) return "error";
  if (end.isCancelled) return "circle-slash";
  return end.sums.asked > 0 ? "check" : "info";
}

function runTooltip(run: Run): vscode.MarkdownString {
  const totals = run.totals();
  const tooltip = new vscode.MarkdownString(undefined, true);
  tooltip.isTrusted = { enabledCommands: [CANCEL, SHOW_RUN] };
  const facts = [progressText(run), failedText(totals), timeLeftText(run)].filter((fact) => fact !== null);
  tooltip.appendMarkdown("**Playlista** · ");
  tooltip.appendText(facts.join(" · "));
  tooltip.appendMarkdown("\n\n");
  for (const name of activeNames(totals)) {
    tooltip.appendMarkdown("$(loading~spin) ");
    tooltip.appendText(name);
    tooltip.appendMarkdown("\n\n");
  }
  const show = vscode.l10n.t("Show Analysis Run");
  const cancel = vscode.l10n.t("Cancel Analysis");
  tooltip.appendMarkdown(`[${show}](command:${SHOW_RUN}) · [${cancel}](command:${CANCEL})`);
  return tooltip;
}
