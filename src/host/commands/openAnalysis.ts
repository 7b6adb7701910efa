/** "Open Analysis": the picked file, or the active editor's, in our editor (as a preview, like any file). */
import * as vscode from "vscode";
import type { CommandHandler } from "../contributions";
import { ANALYSIS_EDITOR } from "../manifest";
import { activeAudioUri, pickedUris } from "../picked";

export const openAnalysis: CommandHandler = async (first, all) => {
  const uri = pickedUris(first, all)[0] ?? activeAudioUri();
  if (!uri) return;
  await vscode.commands.executeCommand("vscode.openWith", uri, ANALYSIS_EDITOR, { preview: true });
};
