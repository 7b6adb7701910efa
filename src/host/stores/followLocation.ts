/**
 * What happens when a folder's results begin to lie elsewhere: because the setting was changed, or because the folder
 * turned out to be read-only when a run was about to write.
 */
import * as path from "node:path";
import * as vscode from "vscode";
import type { StoreLocation } from "../../shared/engineProtocol";
import type { Log } from "../../shared/log";
import type { SettingName } from "../manifest";
import { notifyInformation, notifyWarning } from "../notify";
import { copyResults } from "./copyResults";
import type { StorePlaces } from "./StorePlaces";
import { hasDatabase, type Stores } from "./Stores";

export interface FollowOptions {
  stores: Stores;
  places: StorePlaces;
  log: Log;
}

const SETTING: SettingName = "playlista.database.location";

/** Listens for as long as the window lives. */
export function followLocation(options: FollowOptions): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    const folders = (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === "file" && event.affectsConfiguration(SETTING, uri))
      .map(({ uri }) => uri.fsPath);
    if (folders.length === 0) return;
    for (const folder of folders) options.places.tryAgain(folder);
    options.stores.tellMoved();
    for (const folder of folders) void offerCopy(folder, options);
  });
}

/**
 * Where a run goes on whose store could not be written, or null. Results that the folder has are copied, so that they
 * are seen still.
 */
export async function fallBack(
  store: StoreLocation,
  { stores, places, log }: FollowOptions,
): Promise<StoreLocation | null> {
  const fallen = places.fallBack(store);
  if (!fallen) return null;
  const { location, isNew } = fallen;
  if (!isNew) return location;
  const hasResults = (await hasDatabase(store)) && !(await hasDatabase(location));
  const isCopied = hasResults && (await copied(store, location, log));
  stores.tellMoved();
  void tellReadOnly(store, isCopied);
  return location;
}

async function tellReadOnly({ root }: StoreLocation, isCopied: boolean): Promise<void> {
  const open = vscode.l10n.t("Open Settings");
  const name = path.basename(root);
  const text = isCopied
    ? vscode.l10n.t(
        "{0} can't be written. Its results are kept in VS Code's storage from now on; those in the folder were copied there.",
        name,
      )
    : vscode.l10n.t("{0} can't be written. Its results are kept in VS Code's storage from now on.", name);
  if ((await notifyInformation(text, open)) === open)
    await vscode.commands.executeCommand("workbench.action.openSettings", SETTING);
}

/** Says so, when results are only where they are not looked for any more. */
async function offerCopy(folder: string, { stores, places, log }: FollowOptions): Promise<void> {
  const [now, before] = [places.locationOf(folder), places.otherOf(folder)];
  if ((await hasDatabase(now)) || !(await hasDatabase(before))) return;
  const copy = vscode.l10n.t("Copy Results");
  const text = vscode.l10n.t(
    "The results of {0} so far stay in {1} and are not shown here any more.",
    path.basename(folder),
    path.dirname(before.database),
  );
  if (!vscode.workspace.isTrusted || (await notifyInformation(text, copy)) !== copy) return;
  if (await copied(before, now, log)) stores.tellMoved();
}

async function copied(from: StoreLocation, to: StoreLocation, log: Log): Promise<boolean> {
  try {
    await copyResults(from, to);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log("warn", "host", `${from.database} was not copied: ${reason}`);
    await notifyWarning(vscode.l10n.t("The results were not copied. {0}", reason));
    return false;
  }
}
