/**
 * The Library view: files by folder, listed by the engine a folder at a time. Draws again only what a run has
 * changed, and starts no engine while there is no database.
 */
import * as vscode from "vscode";
import type { TrackChanged } from "../../shared/engineProtocol";
import type { Log } from "../../shared/log";
import { setContext } from "../contributions";
import type { EngineClient } from "../engine/EngineClient";
import { EngineStoppedError } from "../engine/EngineStoppedError";
import { VIEWS } from "../manifest";
import { askEach } from "../stores/askEach";
import type { NamedStore, Stores } from "../stores/Stores";
import { DiskStates } from "../files/DiskStates";
import { withoutLinks } from "../withoutLinks";
import { Batch } from "./Batch";
import { folderItem, moreItem, storeItem } from "./containerItems";
import type { FailedFiles } from "./FailedFiles";
import { groupItem, type LibraryGrouping } from "./groupItem";
import { LibraryNodes } from "./LibraryNodes";
import type {
  ContainerNode,
  LibraryNode,
  Listing,
  ListParams,
  MoreNode,
  StoreNode,
  TrackNode,
} from "./LibraryNodes";
import { trackItem, trackTooltip } from "./trackItem";

/** More rows than this are not drawn again one by one. */
const MAX_REDRAWN = 20;

export interface LibraryTreeOptions {
  engine: EngineClient;
  stores: Stores;
  failed: FailedFiles;
  log: Log;
}

export class LibraryTree implements vscode.TreeDataProvider<LibraryNode>, vscode.Disposable {
  readonly #options: LibraryTreeOptions;
  readonly #changed = new vscode.EventEmitter<LibraryNode | undefined>();
  readonly #disk = new DiskStates();
  readonly #nodes: LibraryNodes;
  readonly #storeNodes = new Map<string, StoreNode>();
  readonly #changes = new Batch<TrackChanged>((changes) => this.#apply(changes));
  readonly #view: vscode.TreeView<LibraryNode>;
  readonly #subscriptions: vscode.Disposable;
  /** The stores at the top of the tree at its last listing. */
  #shown: StoreNode[] = [];
  /** Only what this query finds is shown; "" shows all. */
  #filter = "";
  /** How many tracks each store has of it. */
  readonly #found = new Map<string, number>();
  #grouping: LibraryGrouping = "folder";
  #isStopped = false;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: LibraryTreeOptions) {
    this.#options = options;
    this.#nodes = new LibraryNodes((params) => this.#list(params));
    this.#view = vscode.window.createTreeView(VIEWS.library, {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
      dragAndDropController: dragPaths(),
    });
    this.#subscriptions = vscode.Disposable.from(
      this.#view,
      this.#changed,
      this.#changes,
      options.engine.onNotification("trackChanged", (change) => {
        this.#changes.add(change);
      }),
      options.engine.onDidTurn((turn) => {
        this.#isStopped = turn === "givenUp";
        this.#showMessage();
        if (turn !== "givenUp") this.refresh();
      }),
      options.failed.onDidChange(() => {
        this.#showBadge();
      }),
    );
  }

  /** Lists everything shown again: another process has changed a database, or folders came or went. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  /** The query whose tracks alone are shown, or "". */
  get filter(): string {
    return this.#filter;
  }

  /** Shows only what a query finds, and brings the view to the front; "" shows all. */
  async show(filter: string): Promise<void> {
    this.#filter = filter;
    this.#found.clear();
    await setContext("playlista.libraryFiltered", filter !== "");
    this.#showMessage();
    this.refresh();
    if (filter !== "") await vscode.commands.executeCommand(`${VIEWS.library}.focus`);
  }

  get grouping(): LibraryGrouping {
    return this.#grouping;
  }

  /** Groups all that is shown. */
  groupBy(grouping: LibraryGrouping): void {
    this.#grouping = grouping;
    this.refresh();
  }

  /** Shows the next page of a folder. */
  loadMore(node: MoreNode): void {
    this.#nodes.showMore(node.parent);
    this.#changed.fire(this.#isHidden(node.parent) ? undefined : node.parent);
  }

  /** Looks whether listed files among these paths, or below them, are as they were, and marks those that are not. */
  async lookAt(paths: readonly string[]): Promise<void> {
    await this.#lookAt(this.#nodes.trackNodesAt(paths));
  }

  async getChildren(node?: LibraryNode): Promise<LibraryNode[]> {
    try {
      const children = node ? await this.#childrenOf(node) : await this.#top();
      void this.#lookAt(children.filter((child) => child.kind === "track"));
      if (!node) this.#tellState({ isEmpty: this.#shown.length === 0, isUnreadable: false });
      return children;
    } catch (error) {
      if (error instanceof EngineStoppedError) return [];
      this.#options.log("error", "host", `the library could not be read: ${String(error)}`);
      this.#tellState({ isEmpty: false, isUnreadable: true });
      return [];
    }
  }

  getParent(node: LibraryNode): LibraryNode | undefined {
    if (node.kind === "store") return undefined;
    return this.#isHidden(node.parent) ? undefined : node.parent;
  }

  getTreeItem(node: LibraryNode): vscode.TreeItem {
    switch (node.kind) {
      case "store":
        return storeItem(node);
      case "folder":
        return folderItem(node);
      case "group":
        return groupItem(node, this.#grouping);
      case "track":
        return trackItem(node.id, node.row, this.#disk.stateOf(node.row));
      case "more":
        return moreItem(node);
    }
  }

  resolveTreeItem(item: vscode.TreeItem, node: LibraryNode): vscode.TreeItem {
    if (node.kind === "track") item.tooltip = trackTooltip(node.row, this.#disk.stateOf(node.row));
    return item;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #lookAt(nodes: readonly TrackNode[]): Promise<void> {
    const touched = await this.#disk.look(nodes);
    // Of many at once the tree is drawn anew as a whole.
    if (touched.length > MAX_REDRAWN) this.#changed.fire(undefined);
    else for (const node of touched) this.#changed.fire(node);
  }

  async #top(): Promise<LibraryNode[]> {
    const { engine, stores, log } = this.#options;
    const counts = await askEach(await stores.existing(), (store) => engine.request("count", { store }));
    const filled: StoreNode[] = [];
    for (const { store, answer, problem } of counts) {
      if (answer && answer.analyzed + answer.failed + answer.imported === 0) continue;
      if (problem !== null) log("error", "host", `${store.location.database} could not be read: ${problem}`);
      filled.push(this.#storeNode(store, problem));
    }
    this.#shown = filled;
    for (const id of this.#found.keys()) if (!filled.some((node) => node.id === id)) this.#found.delete(id);
    void this.#options.failed.refresh();
    const only = filled[0];
    return only && filled.length === 1 ? this.#nodes.childrenOf(only) : filled;
  }

  #storeNode({ location, folderName }: NamedStore, problem: string | null): StoreNode {
    const id = location.database;
    const known = this.#storeNodes.get(id);
    if (known) return Object.assign(known, { problem });
    const node: StoreNode = { kind: "store", id, store: location, folderName, problem };
    this.#storeNodes.set(id, node);
    return node;
  }

  async #childrenOf(node: LibraryNode): Promise<LibraryNode[]> {
    return node.kind === "track" || node.kind === "more" ? [] : this.#nodes.childrenOf(node);
  }

  /** By folder as they lie there, else what is searched for, in groups or in a list. */
  async #list({ within, ...params }: ListParams): Promise<Listing> {
    const { engine } = this.#options;
    const { store, offset, limit } = params;
    const [query, by] = [this.#filter, this.#grouping];
    if (within === null && by !== "folder") {
      const { found } = await engine.request("groups", { store, query, by });
      return { folders: [], groups: found ?? [], tracks: [], remaining: 0 };
    }
    if (within === null && query === "") return engine.request("listFolder", params);
    const page = { store, query, within: within ?? "", offset, limit };
    const { found } = await engine.request("search", page);
    if (!found) return { folders: [], tracks: [], remaining: 0 };
    if (within === null) this.#tellFound(store.database, found.total);
    return { folders: [], tracks: found.tracks, remaining: found.total - offset - found.tracks.length };
  }

  #tellFound(database: string, total: number): void {
    this.#found.set(database, total);
    this.#showMessage();
  }

  /** What is told above the rows: a filter must not be forgotten. The editor makes links of what looks like one. */
  #showMessage(): void {
    const filter = withoutLinks(this.#filter);
    if (this.#isStopped) {
      this.#view.message = vscode.l10n.t("The analysis engine is stopped; see the notification.");
    } else if (this.#filter === "") {
      this.#view.message = "";
    } else if (this.#found.size === 0) {
      this.#view.message = vscode.l10n.t("Filter: {0}", filter);
    } else {
      const total = [...this.#found.values()].reduce((sum, found) => sum + found, 0);
      this.#view.message = vscode.l10n.t("Filter: {0} ({1} found)", filter, total);
    }
  }

  /** Decides which welcome text an empty tree shows. */
  #tellState({ isEmpty, isUnreadable }: { isEmpty: boolean; isUnreadable: boolean }): void {
    void setContext("playlista.libraryEmpty", isEmpty);
    void setContext("playlista.libraryUnreadable", isUnreadable);
  }

  /** A single store is not shown as a node: its content is the top of the tree. */
  #isHidden(node: ContainerNode): boolean {
    return node.kind === "store" && this.#shown.length === 1;
  }

  async #apply(changes: readonly TrackChanged[]): Promise<void> {
    for (const { path: file } of changes) this.#disk.forget(file);
    if (changes.some(({ store }) => !this.#shown.some(({ id }) => id === store.database))) {
      this.#changed.fire(undefined);
      return;
    }
    for (const top of this.#shown) {
      const ofStore = changes.filter(({ store }) => store.database === top.id);
      if (ofStore.length === 0) continue;
      const touched = await this.#nodes.apply(top, ofStore).catch(() => [top]);
      for (const node of touched) {
        this.#changed.fire(node.kind === "store" && this.#isHidden(node) ? undefined : node);
      }
    }
  }

  #showBadge(): void {
    const { total } = this.#options.failed;
    this.#view.badge =
      total > 0
        ? { value: total, tooltip: vscode.l10n.t("{0} files could not be analyzed", total) }
        : undefined;
  }
}

/** Rows can be dragged to an editor, a terminal or a chat as paths. */
function dragPaths(): vscode.TreeDragAndDropController<LibraryNode> {
  return {
    dragMimeTypes: ["text/uri-list"],
    dropMimeTypes: [],
    handleDrag(nodes, data) {
      const uris = nodes.flatMap((node) =>
        node.kind === "track" || node.kind === "folder" ? vscode.Uri.file(node.row.path).toString() : [],
      );
      data.set("text/uri-list", new vscode.DataTransferItem(uris.join("\r\n")));
    },
  };
}
