/** The failed files of all stores: the badge's number, the Activity view's list, the context key. */
import * as vscode from "vscode";
import type { TrackRow } from "../../shared/engineProtocol";
import type { Log } from "../../shared/log";
import { isElsewhere } from "../../shared/networkPath";
import { setContext } from "../contributions";
import type { EngineClient } from "../engine/EngineClient";
import { EngineStoppedError } from "../engine/EngineStoppedError";
import { askEach } from "../stores/askEach";
import type { NamedStore, Stores } from "../stores/Stores";
import { Batch } from "./Batch";

/** More failed files than this are counted but not listed. */
const MAX_LISTED = 1000;
/** More than any library has. */
const MANY = 10_000_000;

export interface FailedFilesOptions {
  engine: EngineClient;
  stores: Stores;
  log: Log;
}

interface Listed {
  row: TrackRow;
  store: NamedStore;
}

export class FailedFiles implements vscode.Disposable {
  readonly #options: FailedFilesOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #refreshes = new Batch<null>(() => this.refresh());
  readonly #subscriptions: vscode.Disposable;
  #rows: TrackRow[] = [];
  #total = 0;

  readonly onDidChange = this.#changed.event;

  constructor(options: FailedFilesOptions) {
    this.#options = options;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#refreshes,
      options.engine.onNotification("trackChanged", ({ path, track }) => {
        const isListed = this.#rows.some((row) => row.path === path);
        if (isListed || track?.state === "failed") this.#refreshes.add(null);
      }),
    );
  }

  /** The failed files as far as they are listed. */
  get rows(): readonly TrackRow[] {
    return this.#rows;
  }

  /** All failed files. */
  get total(): number {
    return this.#total;
  }

  /** Asks the engine again. */
  async refresh(): Promise<void> {
    try {
      const { listed, total } = await this.#ask(MAX_LISTED);
      this.#rows = listed.map(({ row }) => row);
      this.#total = total;
      void setContext("playlista.hasFailed", total > 0);
      this.#changed.fire();
    } catch (error) {
      if (error instanceof EngineStoppedError) return;
      this.#options.log("error", "host", `failed files could not be listed: ${String(error)}`);
    }
  }

  /** Every failed file's path, however many; none that a folder's library names on another machine. */
  async allPaths(): Promise<string[]> {
    const { listed } = await this.#ask(MANY);
    const isOurs = ({ row, store }: Listed): boolean =>
      store.folderName === null || !isElsewhere(row.path, store.location.root);
    return listed.filter(isOurs).map(({ row }) => row.path);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #ask(limit: number): Promise<{ listed: Listed[]; total: number }> {
    const { engine, stores, log } = this.#options;
    const answers = await askEach(await stores.existing(), async (store) => {
      const { failed } = await engine.request("count", { store });
      return { failed, rows: failed > 0 ? await engine.request("listFailed", { store, limit }) : [] };
    });
    let listed: Listed[] = [];
    let total = 0;
    for (const { store, answer, problem } of answers) {
      if (answer) listed = listed.concat(answer.rows.map((row) => ({ row, store })));
      else log("error", "host", `failed files of ${store.location.database} not listed: ${problem}`);
      total += answer?.failed ?? 0;
    }
    return { listed, total };
  }
}
