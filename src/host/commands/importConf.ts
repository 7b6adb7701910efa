/**
 * "Import playlista.conf…": takes the settings of the earlier Playlista over into this folder's settings. Shows what
 * would become of every key first, and writes only what is then chosen.
 */
import { stat } from "node:fs/promises";
import * as vscode from "vscode";
import type { ConfPreview } from "../../shared/conf";
import { confText } from "../conf/confText";
import { planConf, shown, type PlannedSetting } from "../conf/confPlan";
import type { CommandHandler } from "../contributions";
import { notifyInformation, notifyWarning } from "../notify";
import { isRefused } from "../trust";
import type { Services } from "./Services";

/** Where the earlier Playlista looked, from the folder that it was started in. */
const PLACES = ["playlista.conf", "config/playlista.conf"];
const REPORT = "Import of playlista.conf.md";
const MESSAGE_MS = 5000;

export function importConf(services: Services): CommandHandler {
  return async () => {
    if (await isRefused()) return;
    const file = await chooseFile();
    if (!file) return;
    const { preview, problem } = await services.engine.request("readConf", { path: file.fsPath });
    const name = vscode.workspace.asRelativePath(file);
    if (preview === null) {
      await notifyWarning(vscode.l10n.t("“{0}” could not be read. {1}", name, problem));
      return;
    }
    await takeOver(services, file, preview);
  };
}

async function takeOver({ reports }: Services, file: vscode.Uri, preview: ConfPreview): Promise<void> {
  const name = vscode.workspace.asRelativePath(file);
  const configuration = vscode.workspace.getConfiguration(undefined, file);
  const plan = planConf(preview, (setting) => configuration.get<unknown>(setting));
  await reports.show(REPORT, confText(name, plan, preview));
  const changes = plan.filter(({ isChange }) => isChange);
  if (changes.length === 0) {
    await notifyInformation(vscode.l10n.t("“{0}” has nothing to import; the document says why.", name));
    return;
  }
  const chosen = await chooseChanges(changes, name);
  if (!chosen || chosen.length === 0) return;
  const target = vscode.workspace.getWorkspaceFolder(file)
    ? vscode.ConfigurationTarget.WorkspaceFolder
    : vscode.ConfigurationTarget.Workspace;
  for (const { setting, to } of chosen) await configuration.update(setting, to, target);
  vscode.window.setStatusBarMessage(vscode.l10n.t("{0} settings imported", chosen.length), MESSAGE_MS);
}

async function chooseChanges(
  changes: readonly PlannedSetting[],
  name: string,
): Promise<readonly PlannedSetting[] | undefined> {
  const items = changes.map((change) => ({
    label: change.setting,
    description: `${shown(change.from)} → ${shown(change.to)}`,
    detail: change.by,
    picked: true,
    change,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    ignoreFocusOut: true,
    title: vscode.l10n.t("Import {0}", name),
    placeHolder: vscode.l10n.t("What to set in this folder's settings; the document tells of every key"),
  });
  return chosen?.map(({ change }) => change);
}

/** The file in the open folders, the one that is chosen of several, or one that is asked for. */
async function chooseFile(): Promise<vscode.Uri | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  const possible = folders.flatMap(({ uri }) => PLACES.map((place) => vscode.Uri.joinPath(uri, place)));
  const there = await Promise.all(possible.map((uri) => isFile(uri.fsPath)));
  const found = possible.filter((_, i) => there[i]);
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    const items = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
    const title = vscode.l10n.t("Import playlista.conf");
    return (await vscode.window.showQuickPick(items, { title }))?.uri;
  }
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t("There is no playlista.conf in the open folders: choose one"),
    openLabel: vscode.l10n.t("Import"),
    ...(folders[0] ? { defaultUri: folders[0].uri } : {}),
  });
  return chosen?.[0];
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
