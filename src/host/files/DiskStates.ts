/**
 * What has become of listed files since they were analysed: looked up on the disk behind a listing, never before it,
 * so that a slow disk keeps no tree waiting. Free of `vscode`.
 */
import type { FileStamp } from "../../shared/freshness";
import { isElsewhere } from "../../shared/networkPath";
import type { TrackRow } from "../../shared/engineProtocol";
import type { FileState } from "../../shared/pageProtocol";
import { fileState, readFileOnDisk } from "./fileState";

/** A disk answers so many at once. */
const MAX_LOOKS = 16;

type Known = Pick<TrackRow, "path" | "file">;

/** A file and the folder of the library that lists it. */
interface Listed {
  row: Known;
  store: { root: string };
}

export class DiskStates {
  readonly #seen = new Map<string, FileStamp | null>();
  readonly #read: (path: string) => Promise<FileStamp | null>;

  constructor(read: (path: string) => Promise<FileStamp | null> = readFileOnDisk) {
    this.#read = read;
  }

  /** As it was last seen; what was never looked at is taken for the same. */
  stateOf({ path, file }: Known): FileState {
    const now = this.#seen.get(path);
    return now === undefined ? "same" : fileState(file, now);
  }

  /** Looks at each file, but for what a library names elsewhere, and answers with those that are shown otherwise now, in their order. */
  async look<T extends Listed>(listed: readonly T[]): Promise<T[]> {
    const changed = new Set<T>();
    const queue = listed.filter(({ row, store }) => !isElsewhere(row.path, store.root));
    const lane = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { row } = next;
        const before = this.stateOf(row);
        this.#seen.set(row.path, await this.#read(row.path));
        if (this.stateOf(row) !== before) changed.add(next);
      }
    };
    await Promise.all(Array.from({ length: MAX_LOOKS }, lane));
    return listed.filter((one) => changed.has(one));
  }

  /** A new result was made from the file as it is: what was seen before says nothing about it. */
  forget(path: string): void {
    this.#seen.delete(path);
  }
}
