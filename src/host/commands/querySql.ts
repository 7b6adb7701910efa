/** "Query Library with SQL…": one question that changes nothing; its answer opens as a document. */
import * as vscode from "vscode";
import type { SqlFormat } from "../../shared/engineProtocol";
import type { CommandHandler } from "../contributions";
import { notifyInformation, notifyWarning } from "../notify";
import { pickStore } from "../stores/pickStore";
import type { Services } from "./Services";

const MAX_ROWS = 10_000;
const TIMEOUT_MS = 30_000;
const FIRST_QUESTION =
  "SELECT path, rhythm_tempo, tonal_camelot, loudness_integrated FROM tracks ORDER BY rhythm_tempo";

export function querySql({ engine, stores }: Services): CommandHandler {
  let last = FIRST_QUESTION;
  return async () => {
    const title = vscode.l10n.t("Query Library with SQL");
    const store = await pickStore(stores, title);
    if (!store) return;
    const prompt = vscode.l10n.t("SELECT, WITH or PRAGMA table_info(tracks); nothing is changed.");
    const sql = await vscode.window.showInputBox({ title, prompt, value: last, ignoreFocusOut: true });
    if (!sql) return;
    last = sql;
    const format = await pickFormat(title);
    if (!format) return;
    const params = { store: store.location, sql, format, maxRows: MAX_ROWS, timeoutMs: TIMEOUT_MS };
    const location = vscode.ProgressLocation.Window;
    const answer = await vscode.window.withProgress({ location, title }, () => engine.request("sql", params));
    if (answer.problem !== null) {
      await notifyWarning(answer.problem);
      return;
    }
    const language = format === "json" ? "json" : "plaintext";
    const document = await vscode.workspace.openTextDocument({ content: answer.text, language });
    await vscode.window.showTextDocument(document);
    if (!answer.isCut) return;
    await notifyInformation(vscode.l10n.t("Only the first {0} rows are shown.", answer.rows));
  };
}

async function pickFormat(title: string): Promise<SqlFormat | null> {
  const choices: (vscode.QuickPickItem & { format: SqlFormat })[] = [
    { format: "table", label: vscode.l10n.t("Table") },
    { format: "csv", label: "CSV" },
    { format: "json", label: "JSON" },
  ];
  return (await vscode.window.showQuickPick(choices, { title }))?.format ?? null;
}
