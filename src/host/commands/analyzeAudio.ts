/** "Analyze Audio": what was picked, else the active editor's file, else what the user chooses now. */
import * as vscode from "vscode";
import type { CommandHandler } from "../contributions";
import { activeAudioUri, pickedUris } from "../picked";
import { startAnalysis } from "../runs/startAnalysis";
import type { Services } from "./Services";

export function analyzeAudio({ runs }: Services): CommandHandler {
  return async (first, all) => {
    const uris = await chosenUris(first, all);
    if (uris.length > 0) await startAnalysis(runs, uris, { force: false });
  };
}

async function chosenUris(first: unknown, all: unknown): Promise<readonly vscode.Uri[]> {
  const picked = pickedUris(first, all);
  if (picked.length > 0) return picked;
  const active = activeAudioUri();
  if (active) return [active];
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: true,
    canSelectFolders: true,
    canSelectMany: true,
    title: vscode.l10n.t("Analyze Audio"),
    openLabel: vscode.l10n.t("Analyze"),
  });
  return chosen ?? [];
}
