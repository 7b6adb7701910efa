/** "Group Library By…": by folder, or by what tracks have in common. */
import * as vscode from "vscode";
import type { CommandHandler } from "../contributions";
import type { LibraryGrouping } from "../views/groupItem";
import type { Services } from "./Services";

export function groupLibrary({ library }: Services): CommandHandler {
  return async () => {
    const names: Record<LibraryGrouping, string> = {
      folder: vscode.l10n.t("Folder"),
      tempo: vscode.l10n.t("Tempo"),
      key: vscode.l10n.t("Key"),
      tag: vscode.l10n.t("Genre"),
      state: vscode.l10n.t("State"),
    };
    const choices = (Object.keys(names) as LibraryGrouping[]).map((grouping) => ({
      grouping,
      label: names[grouping],
      ...(grouping === library.grouping ? { description: vscode.l10n.t("as it is now") } : {}),
    }));
    const chosen = await vscode.window.showQuickPick(choices, { title: vscode.l10n.t("Group Library By") });
    if (chosen) library.groupBy(chosen.grouping);
  };
}
