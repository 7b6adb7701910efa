/** "Back Up Library", "Check Library" and "Compact Library", with what came of it in words. */
import * as vscode from "vscode";
import type { Maintained, Maintenance, StoreLocation } from "../../shared/engineProtocol";
import { formatNumber } from "../../shared/format";
import type { CommandHandler } from "../contributions";
import { engineErrorCode } from "../engine/engineErrorCode";
import { notifyInformation, notifyWarning } from "../notify";
import { orInStorage } from "../stores/orInStorage";
import { pickStore } from "../stores/pickStore";
import type { NamedStore } from "../stores/Stores";
import { isRefused } from "../trust";
import type { Services } from "./Services";

export function backUpLibrary(services: Services): CommandHandler {
  return async () => {
    if (await isRefused()) return;
    const done = await maintainPicked(services, "backUp", vscode.l10n.t("Back Up Library"));
    if (done?.action !== "backUp" || done.file === null) return;
    const reveal = vscode.l10n.t("Reveal");
    const text = vscode.l10n.t("The library is copied to {0}.", done.file);
    if ((await notifyInformation(text, reveal)) === reveal) await revealFile(done.file);
  };
}

export function checkLibrary(services: Services): CommandHandler {
  return async () => {
    const done = await maintainPicked(services, "check", vscode.l10n.t("Check Library"));
    if (done?.action !== "check") return;
    if (done.problems.length > 0) await notifyWarning(done.problems.join(" "));
    else await notifyInformation(vscode.l10n.t("The library is sound: {0} tracks.", done.tracks));
  };
}

export function compactLibrary(services: Services): CommandHandler {
  return async () => {
    if (await isRefused()) return;
    const done = await maintainPicked(services, "compact", vscode.l10n.t("Compact Library"));
    if (done?.action !== "compact") return;
    await notifyInformation(vscode.l10n.t("{0} MB are free now.", formatNumber(done.freed / 1e6, 1)));
  };
}

/** Shows a file where the system shows files; in a remote window the Explorer does. */
export async function revealFile(file: string): Promise<void> {
  await vscode.commands.executeCommand("revealFileInOS", vscode.Uri.file(file));
}

/** One action on one library; null, and said, when it was not done. */
export async function maintainStore(
  { engine, fallBack }: Services,
  { location }: NamedStore,
  action: Maintenance,
  title: string,
): Promise<Maintained | null> {
  const place = { location: vscode.ProgressLocation.Window, title };
  try {
    const change = (store: StoreLocation) => engine.request("maintain", { store, action });
    return await vscode.window.withProgress(place, () => orInStorage(location, fallBack, change));
  } catch (error) {
    if ([null, "bug"].includes(engineErrorCode(error))) throw error;
    await notifyWarning(vscode.l10n.t("Nothing was done. {0}", (error as Error).message));
    return null;
  }
}

async function maintainPicked(
  services: Services,
  action: Maintenance,
  title: string,
): Promise<Maintained | null> {
  const store = await pickStore(services.stores, title);
  return store && maintainStore(services, store, action, title);
}
