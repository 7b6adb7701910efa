/**
 * "Open Analysis": the picked file, or the active editor's, in our editor. As with any file, a click shows a
 * preview and a double click keeps it; a tree tells of both as calls only, so the second within a moment counts.
 */
import * as vscode from "vscode";
import type { CommandHandler } from "../contributions";
import { ANALYSIS_EDITOR } from "../manifest";
import { activeAudioUri, pickedUris } from "../picked";

const DOUBLE_CLICK_MS = 500;

export function openAnalysis(): CommandHandler {
  let last = { address: "", at: 0 };
  return async (first, all) => {
    const uri = pickedUris(first, all)[0] ?? activeAudioUri();
    if (!uri) return;
    const now = { address: uri.toString(), at: Date.now() };
    const isDouble = last.address === now.address && now.at - last.at < DOUBLE_CLICK_MS;
    last = now;
    await vscode.commands.executeCommand("vscode.openWith", uri, ANALYSIS_EDITOR, { preview: !isDouble });
  };
}
