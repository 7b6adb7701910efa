/**
 * "Search Library…": tracks found while a query is typed, in the search language (docs/search.md). One can be opened;
 * the query can be kept as the Library's filter, which "Clear Library Filter" ends.
 */
import * as path from "node:path";
import * as vscode from "vscode";
import type { TrackRow } from "../../shared/engineProtocol";
import { formatHeadline } from "../../shared/format";
import { executeCommand, type CommandHandler } from "../contributions";
import { EngineStoppedError } from "../engine/EngineStoppedError";
import { askEach } from "../stores/askEach";
import type { Services } from "./Services";

/** Tracks listed while typing, of each store. */
const LISTED = 100;
/** After the last key. */
const DELAY_MS = 120;

interface FoundItem extends vscode.QuickPickItem {
  /** Null for what is no track. */
  file: string | null;
}

interface Found {
  items: FoundItem[];
  /** Null where nothing could be looked for. */
  total: number | null;
}

export function searchLibrary(services: Services): CommandHandler {
  return () => {
    const { library } = services;
    const showAll = { iconPath: new vscode.ThemeIcon("filter"), tooltip: vscode.l10n.t("Show in Library") };
    const picker = vscode.window.createQuickPick<FoundItem>();
    picker.placeholder = vscode.l10n.t("Words, or for example: bpm:120-128 key:~8A lufs:<-14");
    picker.buttons = [showAll];
    picker.value = library.filter;
    let asked = 0;
    let timer: NodeJS.Timeout | undefined;
    const ask = async (query: string): Promise<void> => {
      const number = ++asked;
      picker.busy = true;
      const { items, total } = await find(services, query);
      // An answer may come after that of a later question.
      if (number !== asked) return;
      picker.busy = false;
      picker.items = items;
      picker.title =
        total === null ? vscode.l10n.t("Search Library") : vscode.l10n.t("Search Library: {0} found", total);
    };
    const subscriptions = vscode.Disposable.from(
      picker,
      picker.onDidChangeValue((query) => {
        clearTimeout(timer);
        timer = setTimeout(() => void ask(query), DELAY_MS);
      }),
      picker.onDidTriggerButton(() => {
        picker.hide();
        void library.show(picker.value.trim());
      }),
      picker.onDidAccept(() => {
        const [chosen] = picker.selectedItems;
        if (!chosen?.file) return;
        picker.hide();
        void executeCommand("playlista.openAnalysis", vscode.Uri.file(chosen.file));
      }),
      picker.onDidHide(() => {
        clearTimeout(timer);
        asked++;
        subscriptions.dispose();
      }),
    );
    picker.show();
    void ask(picker.value);
  };
}

export function clearFilter({ library }: Services): CommandHandler {
  return () => library.show("");
}

/** What all stores have; a query that is wrong, or a store that can't be read, says so in the list. */
async function find({ engine, stores }: Services, query: string): Promise<Found> {
  try {
    const answers = await askEach(await stores.existing(), (store) =>
      engine.request("search", { store, query, within: "", offset: 0, limit: LISTED }),
    );
    const problems = new Set(
      answers.flatMap(({ answer, problem }) => problem ?? answer.problem?.message ?? []),
    );
    const pages = answers.flatMap(({ answer }) => answer?.found ?? []);
    return {
      items: [...[...problems].map(problemItem), ...pages.flatMap(({ tracks }) => tracks.map(trackChoice))],
      total:
        pages.length > 0 || problems.size === 0 ? pages.reduce((sum, { total }) => sum + total, 0) : null,
    };
  } catch (error) {
    if (!(error instanceof EngineStoppedError)) throw error;
    return { items: [problemItem(vscode.l10n.t("The analysis engine is stopped."))], total: null };
  }
}

/** The editor filters by the label on its own; what the query finds is all shown. */
function trackChoice(row: TrackRow): FoundItem {
  const { path: file } = row;
  return {
    file,
    alwaysShow: true,
    label: path.basename(file),
    description: row.state === "failed" ? (row.errorMessage ?? "") : formatHeadline(row),
    detail: vscode.workspace.asRelativePath(path.dirname(file)),
  };
}

function problemItem(message: string): FoundItem {
  return { file: null, alwaysShow: true, label: `$(error) ${message}` };
}
