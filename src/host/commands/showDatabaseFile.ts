/** "Show Database File": where a library lies, for other tools and for one's own copies. */
import * as vscode from "vscode";
import type { CommandHandler } from "../contributions";
import { notifyInformation } from "../notify";
import { pickStore } from "../stores/pickStore";
import { revealFile } from "./maintainLibrary";
import type { Services } from "./Services";

export function showDatabaseFile({ stores }: Services): CommandHandler {
  return async () => {
    const store = await pickStore(stores, vscode.l10n.t("Show Database File"));
    if (!store) return;
    const { database } = store.location;
    const [reveal, copy] = [vscode.l10n.t("Reveal"), vscode.l10n.t("Copy Path")];
    const chosen = await notifyInformation(database, reveal, copy);
    if (chosen === reveal) await revealFile(database);
    if (chosen === copy) await vscode.env.clipboard.writeText(database);
  };
}
