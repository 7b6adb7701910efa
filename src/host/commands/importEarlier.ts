/**
 * "Import Earlier Database…": takes over what a database of the earlier Playlista holds. Asks which folder there is
 * which here, shows what would come over, and writes only then.
 */
import { randomUUID } from "node:crypto";
import * as path from "node:path";
import * as vscode from "vscode";
import type { FolderMapping, ImportSummary } from "../../shared/earlier";
import type { ImportParams } from "../../shared/engineProtocol";
import type { CommandHandler } from "../contributions";
import { engineErrorCode } from "../engine/engineErrorCode";
import { filesFound, importReport, lacksFiles } from "../import/importReport";
import { notifyInformation, notifyWarning } from "../notify";
import type { NamedStore } from "../stores/Stores";
import { orInStorage } from "../stores/orInStorage";
import { isRefused } from "../trust";
import type { Services } from "./Services";

const REPORT = "Import of an Earlier Database.md";

export function importEarlier(services: Services): CommandHandler {
  return async () => {
    if (await isRefused()) return;
    const store = await chooseStore(services);
    const file = store && (await chooseFile(store));
    if (!file) return;
    const params = { store: store.location, path: file.fsPath };
    const first = await ask(services, { ...params, mapping: "suggested", isPreview: true });
    const mapping = first && (await chooseMapping(first, store));
    if (!first || mapping === undefined) return;
    const isSame = JSON.stringify(mapping) === JSON.stringify(first.mapping);
    const preview = isSame ? first : await ask(services, { ...params, mapping, isPreview: true });
    if (!preview || !(await isConfirmed(services, file, preview))) return;
    const summary = await ask(services, { ...params, mapping, isPreview: false });
    if (summary) await tell(services, file, summary);
  };
}

/** The open folder whose results these become; the editor's own storage where none is open. */
async function chooseStore({ stores }: Services): Promise<NamedStore | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  if (folders.length < 2) return stores.all()[0];
  const placeHolder = vscode.l10n.t("The folder whose library takes over the results");
  const folder = await vscode.window.showWorkspaceFolderPick({ placeHolder });
  return folder && stores.forUri(folder.uri);
}

async function chooseFile({ location, folderName }: NamedStore): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t("Database of the earlier Playlista (audio_analysis.db, playlista.db), or an export"),
    openLabel: vscode.l10n.t("Import"),
    filters: {
      [vscode.l10n.t("Databases and exports")]: ["db", "sqlite", "sqlite3", "csv", "json", "jsonl"],
      [vscode.l10n.t("All files")]: ["*"],
    },
    ...(folderName === null ? {} : { defaultUri: vscode.Uri.file(location.root) }),
  });
  return chosen?.[0];
}

interface MappingItem extends vscode.QuickPickItem {
  choose: () => Promise<FolderMapping | null | undefined>;
}

/** Undefined when nothing was chosen. */
async function chooseMapping(
  summary: ImportSummary,
  { location }: NamedStore,
): Promise<FolderMapping | null | undefined> {
  const { mapping } = summary;
  if (!lacksFiles(summary)) return mapping;
  const items: MappingItem[] = [
    ...(mapping
      ? [
          {
            label: `${mapping.from} → ${mapping.to}`,
            description: vscode.l10n.t("{0} found here", filesFound(summary)),
            choose: () => Promise.resolve(mapping),
          },
        ]
      : []),
    {
      label: vscode.l10n.t("Choose the folder of the music…"),
      choose: () => askMapping(mapping?.from ?? "/music", location.root),
    },
    { label: vscode.l10n.t("Paths are right as they are"), choose: () => Promise.resolve(null) },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Import Earlier Database"),
    placeHolder: vscode.l10n.t("Which folder is it here that the earlier Playlista had its music in?"),
    ignoreFocusOut: true,
  });
  return chosen?.choose();
}

async function askMapping(suggested: string, root: string): Promise<FolderMapping | undefined> {
  const from = await vscode.window.showInputBox({
    title: vscode.l10n.t("Import Earlier Database"),
    prompt: vscode.l10n.t("The folder as the earlier Playlista wrote it"),
    value: suggested,
    ignoreFocusOut: true,
  });
  if (!from) return undefined;
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t("The folder that {0} is here", from),
    openLabel: vscode.l10n.t("Choose"),
    canSelectFiles: false,
    canSelectFolders: true,
    defaultUri: vscode.Uri.file(root),
  });
  return chosen?.[0] && { from, to: chosen[0].fsPath };
}

async function isConfirmed(
  { reports }: Services,
  file: vscode.Uri,
  preview: ImportSummary,
): Promise<boolean> {
  const name = path.basename(file.fsPath);
  await reports.show(REPORT, importReport(name, preview));
  const { imported, failed, playlists } = preview;
  if (imported + failed + playlists === 0) {
    await notifyInformation(vscode.l10n.t("“{0}” has nothing to import; the document says why.", name));
    return false;
  }
  const confirm = vscode.l10n.t("Import");
  const results = imported + failed;
  const question =
    results === 1
      ? vscode.l10n.t("Import 1 result from “{0}”?", name)
      : vscode.l10n.t("Import {0} results from “{1}”?", results, name);
  return (await notifyInformation(question, confirm)) === confirm;
}

/** Undefined when it was cancelled, or can't be: then the reason has been said. */
async function ask(
  { engine, fallBack }: Services,
  params: Omit<ImportParams, "runId">,
): Promise<ImportSummary | undefined> {
  const runId = randomUUID();
  const title = vscode.l10n.t("Reading the earlier database");
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const subscriptions = vscode.Disposable.from(
      engine.onNotification("importProgress", ({ runId: of, done, total }) => {
        if (of === runId) progress.report({ message: `${done} / ${total}` });
      }),
      token.onCancellationRequested(() => void engine.request("cancel", { runId })),
    );
    try {
      const answer = await orInStorage(params.store, fallBack, (store) =>
        engine.request("importEarlier", { ...params, store, runId }),
      );
      if (answer?.problem) await notifyWarning(answer.problem);
      return answer?.summary ?? undefined;
    } catch (error) {
      if (!["inUse", "readOnly"].includes(engineErrorCode(error) ?? "")) throw error;
      await notifyWarning(vscode.l10n.t("Nothing was imported. {0}", (error as Error).message));
      return undefined;
    } finally {
      subscriptions.dispose();
    }
  });
}

async function tell({ reports, library }: Services, file: vscode.Uri, summary: ImportSummary): Promise<void> {
  const name = path.basename(file.fsPath);
  library.refresh();
  await reports.show(REPORT, importReport(name, summary));
  const results = summary.imported + summary.failed;
  const said =
    results === 1
      ? vscode.l10n.t("1 result was imported from “{0}”.", name)
      : vscode.l10n.t("{0} results were imported from “{1}”.", results, name);
  await notifyInformation(said);
}
