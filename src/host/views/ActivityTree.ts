/** The Activity view: the run that goes on with its files, the last run's sums, and the failed files. */
import * as path from "node:path";
import * as vscode from "vscode";
import type { TrackRow } from "../../shared/engineProtocol";
import { ITEM_KINDS, VIEWS } from "../manifest";
import type { RunController, RunEnd } from "../runs/RunController";
import type { Run } from "../runs/Run";
import { endText, failedText, progressText, timeLeftText } from "../runs/runTexts";
import { Batch } from "./Batch";
import type { FailedFiles } from "./FailedFiles";
import { trackItem, trackTooltip } from "./trackItem";

export type ActivityNode =
  | { kind: "run" }
  | { kind: "active"; path: string }
  | { kind: "last" }
  | { kind: "failedGroup" }
  | { kind: "failed"; row: TrackRow };

// Constant nodes: the editor knows a row by its object.
const RUN: ActivityNode = { kind: "run" };
const LAST: ActivityNode = { kind: "last" };
const FAILED_GROUP: ActivityNode = { kind: "failedGroup" };

export class ActivityTree implements vscode.TreeDataProvider<ActivityNode>, vscode.Disposable {
  readonly #runs: RunController;
  readonly #failed: FailedFiles;
  readonly #changed = new vscode.EventEmitter<ActivityNode | undefined>();
  readonly #view: vscode.TreeView<ActivityNode>;
  readonly #subscriptions: vscode.Disposable;
  #hasAskedForFailed = false;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(runs: RunController, failed: FailedFiles) {
    this.#runs = runs;
    this.#failed = failed;
    const changes = new Batch<ActivityNode | undefined>((nodes) => {
      this.#changed.fire(nodes.every((node) => node === RUN) ? RUN : undefined);
      return Promise.resolve();
    });
    this.#view = vscode.window.createTreeView(VIEWS.activity, {
      treeDataProvider: this,
      canSelectMany: true,
    });
    let wasRunning = false;
    this.#subscriptions = vscode.Disposable.from(
      this.#view,
      this.#changed,
      changes,
      runs.onDidChange(() => {
        const isRunning = runs.current !== null;
        changes.add(isRunning && wasRunning ? RUN : undefined);
        wasRunning = isRunning;
      }),
      failed.onDidChange(() => {
        changes.add(undefined);
      }),
    );
  }

  /** Brings the view to the front with its failed files open. */
  async showFailed(): Promise<void> {
    await this.show();
    if (this.#failed.total > 0) await this.#view.reveal(FAILED_GROUP, { expand: true, focus: true });
  }

  /** Brings the view to the front. */
  async show(): Promise<void> {
    await vscode.commands.executeCommand(`${VIEWS.activity}.focus`);
  }

  getChildren(node?: ActivityNode): ActivityNode[] {
    if (node === undefined) {
      this.#askForFailedOnce();
      return this.#top();
    }
    if (node.kind === "run") {
      return this.#runs.current?.totals().active.map((file) => ({ kind: "active", path: file })) ?? [];
    }
    if (node.kind === "failedGroup") return this.#failed.rows.map((row) => ({ kind: "failed", row }));
    return [];
  }

  getParent(node: ActivityNode): ActivityNode | undefined {
    if (node.kind === "active") return RUN;
    return node.kind === "failed" ? FAILED_GROUP : undefined;
  }

  getTreeItem(node: ActivityNode): vscode.TreeItem {
    switch (node.kind) {
      case "run":
        return runItem(this.#runs.current);
      case "active":
        return activeItem(node.path);
      case "last":
        return lastItem(this.#runs.last);
      case "failedGroup":
        return failedGroupItem(this.#failed);
      case "failed":
        return failedItem(node.row);
    }
  }

  resolveTreeItem(item: vscode.TreeItem, node: ActivityNode): vscode.TreeItem {
    if (node.kind === "failed") item.tooltip = trackTooltip(node.row);
    return item;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #top(): ActivityNode[] {
    const nodes: ActivityNode[] = [];
    if (this.#runs.current) nodes.push(RUN);
    else if (this.#runs.last) nodes.push(LAST);
    if (this.#failed.total > 0) nodes.push(FAILED_GROUP);
    return nodes;
  }

  /** The list is asked for when the view is first seen, not when the window opens. */
  #askForFailedOnce(): void {
    if (this.#hasAskedForFailed) return;
    this.#hasAskedForFailed = true;
    void this.#failed.refresh();
  }
}

function runItem(run: Run | null): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("Analyzing"), vscode.TreeItemCollapsibleState.Expanded);
  item.id = "run";
  item.iconPath = new vscode.ThemeIcon(run?.totals().isPaused ? "debug-pause" : "sync~spin");
  item.contextValue = ITEM_KINDS.run;
  if (run) {
    const facts = [progressText(run), failedText(run.totals()), timeLeftText(run)];
    item.description = facts.filter((fact) => fact !== null).join(" · ");
  }
  return item;
}

function activeItem(file: string): vscode.TreeItem {
  const item = new vscode.TreeItem(path.basename(file));
  item.id = `active|${file}`;
  item.contextValue = ITEM_KINDS.activeFile;
  item.iconPath = new vscode.ThemeIcon("loading~spin");
  item.description = vscode.workspace.asRelativePath(path.dirname(file));
  item.tooltip = file;
  return item;
}

function lastItem(end: RunEnd | null): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("Last run"));
  item.id = "last";
  item.iconPath = new vscode.ThemeIcon(end?.isCancelled ? "circle-slash" : "history");
  if (end) item.description = endText(end);
  return item;
}

function failedGroupItem(failed: FailedFiles): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("Failed files"), vscode.TreeItemCollapsibleState.Expanded);
  item.id = "failed";
  item.iconPath = new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
  item.contextValue = ITEM_KINDS.failedGroup;
  const { total, rows } = failed;
  item.description =
    rows.length < total ? vscode.l10n.t("{0}, the first {1} listed", total, rows.length) : String(total);
  return item;
}

function failedItem(row: TrackRow): vscode.TreeItem {
  const item = trackItem(`failed|${row.path}`, row);
  item.description = [row.errorCode, row.errorMessage].filter((part) => part !== null).join(" · ");
  return item;
}
