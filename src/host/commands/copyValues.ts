/** "Copy Values": every measured number of the picked files, ready to paste into text or a table. */
import * as vscode from "vscode";
import { notifyInformation } from "../notify";
import type { CommandHandler } from "../contributions";
import { activeAudioUri, pickedUris } from "../picked";
import type { Services } from "./Services";
import { valuesText } from "./valuesText";

const MESSAGE_MS = 3000;

export function copyValues({ engine, stores }: Services): CommandHandler {
  return async (first, all) => {
    const picked = pickedUris(first, all);
    const active = activeAudioUri();
    const uris = picked.length > 0 || !active ? picked : [active];
    const asked = uris.map((uri) =>
      engine.request("getAnalysis", { store: stores.forUri(uri).location, path: uri.fsPath }),
    );
    const analyses = (await Promise.all(asked)).filter((analysis) => analysis !== null);
    if (analyses.length === 0) {
      await notifyInformation(vscode.l10n.t("There are no stored values to copy."));
      return;
    }
    await vscode.env.clipboard.writeText(valuesText(analyses));
    vscode.window.setStatusBarMessage(vscode.l10n.t("Values copied"), MESSAGE_MS);
  };
}
