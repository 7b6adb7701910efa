/** Which library is meant, where there are several. */
import * as vscode from "vscode";
import { notifyInformation } from "../notify";
import type { NamedStore, Stores } from "./Stores";

/** The only one that has been written, or the one that is picked; null, and said, where there is none. */
export async function pickStore(stores: Stores, title: string): Promise<NamedStore | null> {
  const existing = await stores.existing();
  const [only] = existing;
  if (!only) {
    await notifyInformation(vscode.l10n.t("There is no library yet: nothing has been analyzed."));
    return null;
  }
  if (existing.length === 1) return only;
  const choices = existing.map((store) => ({
    store,
    label: store.folderName ?? vscode.l10n.t("Other Files"),
    description: store.location.database,
  }));
  return (await vscode.window.showQuickPick(choices, { title }))?.store ?? null;
}
