/**
 * The library tree's nodes: what has been listed so far, which node an item is across listings, and which
 * nodes a change touches. Lists through a function it is given; free of `vscode`.
 */
import { dirname } from "node:path";
import type {
  FolderPage,
  FolderParams,
  FolderRow,
  StoreLocation,
  TrackChanged,
  TrackGroup,
  TrackRow,
} from "../../shared/engineProtocol";
import { isWithin } from "../runs/isWithin";

export interface StoreNode {
  kind: "store";
  id: string;
  store: StoreLocation;
  /** The workspace folder's name, or null for files outside every folder. */
  folderName: string | null;
  /** Why its database can't be read, or null. */
  problem: string | null;
}
export interface FolderNode {
  kind: "folder";
  id: string;
  store: StoreLocation;
  parent: ContainerNode;
  row: FolderRow;
}
export interface TrackNode {
  kind: "track";
  id: string;
  store: StoreLocation;
  parent: ContainerNode;
  row: TrackRow;
}
/** Tracks that have something in common, whichever folder they are in. */
export interface GroupNode {
  kind: "group";
  id: string;
  store: StoreLocation;
  parent: StoreNode;
  group: TrackGroup;
}
/** Stands for the tracks of a folder that are not listed yet. */
export interface MoreNode {
  kind: "more";
  id: string;
  parent: ContainerNode;
  remaining: number;
}
export type ContainerNode = StoreNode | FolderNode | GroupNode;
export type LibraryNode = ContainerNode | TrackNode | MoreNode;

/** What lists a container; `within` is a group's query, or null. */
export type ListParams = FolderParams & { within: string | null };

/** A page of a container; groups come in the place of folders. */
export type Listing = FolderPage & { groups?: TrackGroup[] };

/** Tracks listed at a time. */
const PAGE_TRACKS = 500;

export class LibraryNodes {
  readonly #list: (params: ListParams) => Promise<Listing>;
  readonly #nodes = new Map<string, FolderNode | GroupNode | TrackNode>();
  /** What each container showed at its last listing. */
  readonly #listings = new Map<string, LibraryNode[]>();
  /** Pages of each container to show; apart from listings, since "Load More" may come while one is made. */
  readonly #pages = new Map<string, number>();

  constructor(list: (params: ListParams) => Promise<Listing>) {
    this.#list = list;
  }

  /** The children of a container, listed anew, as many pages as were shown before. */
  async childrenOf(container: ContainerNode): Promise<LibraryNode[]> {
    const nodes: LibraryNode[] = [];
    let remaining = 0;
    for (let page = 0; page < this.#pagesOf(container); page++) {
      const listed = await this.#listPage(container, page * PAGE_TRACKS);
      nodes.push(...listed.folders.map((row) => this.#folder(container, row)));
      nodes.push(...(listed.groups ?? []).map((group) => this.#group(container, group)));
      nodes.push(...listed.tracks.map((row) => this.#track(container, row)));
      remaining = listed.remaining;
      if (remaining === 0) break;
    }
    if (remaining > 0) nodes.push({ kind: "more", id: `${container.id}#more`, parent: container, remaining });
    this.#forgetMissing(this.#listings.get(container.id) ?? [], nodes);
    this.#listings.set(container.id, nodes);
    return nodes;
  }

  /** Shows another page of the container from its next listing on. */
  showMore(container: ContainerNode): void {
    this.#pages.set(container.id, this.#pagesOf(container) + 1);
  }

  /** The node of a file, if it has been listed. */
  trackNode(store: StoreLocation, path: string): TrackNode | null {
    const node = this.#nodes.get(nodeId(store, path));
    return node?.kind === "track" ? node : null;
  }

  /** The listed files among these paths, and below those that are folders. */
  trackNodesAt(paths: readonly string[]): TrackNode[] {
    const wanted = new Set(paths);
    const isWanted = (path: string): boolean => {
      for (let at = path; ; at = dirname(at)) {
        if (wanted.has(at)) return true;
        if (at === dirname(at)) return false;
      }
    };
    const tracks = [...this.#nodes.values()].filter((node) => node.kind === "track");
    return tracks.filter((node) => isWanted(node.row.path));
  }

  /**
   * Takes in changes of one store and answers with the fewest nodes to draw again: single tracks whose state
   * stayed, else the folders right below the top that hold the change, else the store itself.
   */
  async apply(top: StoreNode, changes: readonly TrackChanged[]): Promise<LibraryNode[]> {
    const listing = this.#listings.get(top.id);
    if (!listing) return [top];
    const tracks: LibraryNode[] = [];
    const others: string[] = [];
    for (const { path, track } of changes) {
      const node = this.trackNode(top.store, path);
      if (node && track && node.row.state === track.state) {
        node.row = track;
        tracks.push(node);
      } else {
        others.push(path);
      }
    }
    if (others.length === 0) return tracks;
    const before = listing.map((node) => node.id).join("\n");
    const after = await this.childrenOf(top);
    const folders = after.filter((node) => node.kind === "folder");
    const touched = folders.filter((folder) => others.some((path) => isWithin(path, folder.row.path)));
    const isAllInFolders = others.every((path) => touched.some((folder) => isWithin(path, folder.row.path)));
    if (!isAllInFolders || before !== after.map((node) => node.id).join("\n")) return [top];
    return [...touched, ...tracks.filter((node) => !touched.some((folder) => isBelow(node, folder)))];
  }

  #pagesOf(container: ContainerNode): number {
    return this.#pages.get(container.id) ?? 1;
  }

  #listPage(container: ContainerNode, offset: number): Promise<Listing> {
    const folder = container.kind === "folder" ? container.row.path : null;
    const within = container.kind === "group" ? container.group.query : null;
    return this.#list({ store: container.store, folder, within, offset, limit: PAGE_TRACKS });
  }

  /** The editor knows a row by its object: the same folder stays the same object. */
  #folder(parent: ContainerNode, row: FolderRow): FolderNode {
    const id = nodeId(parent.store, row.path);
    const known = this.#nodes.get(id);
    if (known?.kind === "folder") return Object.assign(known, { parent, row });
    const node: FolderNode = { kind: "folder", id, store: parent.store, parent, row };
    this.#nodes.set(id, node);
    return node;
  }

  #group(parent: ContainerNode, group: TrackGroup): GroupNode {
    const id = `${parent.store.database}?${group.query}`;
    const known = this.#nodes.get(id);
    if (known?.kind === "group") return Object.assign(known, { group });
    // Groups are at the top alone.
    const node: GroupNode = { kind: "group", id, store: parent.store, parent: parent as StoreNode, group };
    this.#nodes.set(id, node);
    return node;
  }

  #track(parent: ContainerNode, row: TrackRow): TrackNode {
    // A track may be in several groups, but in one folder only.
    const id = parent.kind === "group" ? `${parent.id}|${row.path}` : nodeId(parent.store, row.path);
    const known = this.#nodes.get(id);
    if (known?.kind === "track") return Object.assign(known, { parent, row });
    const node: TrackNode = { kind: "track", id, store: parent.store, parent, row };
    this.#nodes.set(id, node);
    return node;
  }

  #forgetMissing(before: readonly LibraryNode[], after: readonly LibraryNode[]): void {
    const kept = new Set(after.map((node) => node.id));
    for (const node of before) {
      if (kept.has(node.id)) continue;
      this.#forgetMissing(this.#listings.get(node.id) ?? [], []);
      this.#listings.delete(node.id);
      this.#pages.delete(node.id);
      this.#nodes.delete(node.id);
    }
  }
}

function nodeId(store: StoreLocation, path: string): string {
  return `${store.database}|${path}`;
}

function isBelow(node: LibraryNode, folder: FolderNode): boolean {
  return node.kind === "track" && isWithin(node.row.path, folder.row.path);
}
