/**
 * Notifications. The editor reads `[words](command:…)` in their text as a link to click, and our texts name files,
 * which anybody may have named: nothing in them is a link here.
 */
import * as vscode from "vscode";
import { withoutLinks } from "./withoutLinks";

type Answer = Thenable<string | undefined>;

export function notifyInformation(text: string, ...actions: string[]): Answer {
  return vscode.window.showInformationMessage(withoutLinks(text), ...actions);
}

export function notifyWarning(text: string, ...actions: string[]): Answer {
  return vscode.window.showWarningMessage(withoutLinks(text), ...actions);
}

export function notifyError(text: string, ...actions: string[]): Answer {
  return vscode.window.showErrorMessage(withoutLinks(text), ...actions);
}
