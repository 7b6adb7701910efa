/** "Analyze Workspace Folders": every audio file of the open folders. */
import * as vscode from "vscode";
import type { CommandHandler } from "../contributions";
import { startAnalysis } from "../runs/startAnalysis";
import type { Services } from "./Services";

export function analyzeWorkspace({ runs }: Services): CommandHandler {
  return async () => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    await startAnalysis(
      runs,
      folders.map((folder) => folder.uri),
      { force: false },
    );
  };
}
