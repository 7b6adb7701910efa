/** "Retry Failed": analyses the picked failed files again, or all of them. */
import * as vscode from "vscode";
import type { CommandHandler } from "../contributions";
import { pickedUris } from "../picked";
import { startAnalysis } from "../runs/startAnalysis";
import type { Services } from "./Services";

export function retryFailed({ runs, failed }: Services): CommandHandler {
  return async (first, all) => {
    const picked = pickedUris(first, all);
    const uris = picked.length > 0 ? picked : (await failed.allPaths()).map((path) => vscode.Uri.file(path));
    if (uris.length > 0) await startAnalysis(runs, uris, { force: true });
  };
}
