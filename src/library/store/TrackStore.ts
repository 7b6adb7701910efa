/** API skeleton: bodies follow within minutes. */
import type { Analysis } from "../../shared/analysis";
import type {
  FolderPage,
  FolderParams,
  StoreCounts,
  StoreLocation,
  TrackRow,
} from "../../shared/engineProtocol";
import type { AnalysisAnswer } from "../../shared/job";
import type { Log } from "../../shared/log";

/** Who writes, as a second process will read it. */
export type StoreUser = "window" | "command line";

export interface OpenOptions {
  user: StoreUser;
  log?: Log;
}

export interface LockOptions {
  /** Says who holds the database while this call waits, then null. */
  onWaiting?: (holder: string | null) => void;
  signal?: AbortSignal;
}

export class TrackStore {
  readonly location: StoreLocation;

  private constructor(location: StoreLocation) {
    this.location = location;
  }

  /** Reads the database if there is one; makes no file. Throws StoreError ("notOurs"). */
  static open(location: StoreLocation, _options: OpenOptions): Promise<TrackStore> {
    return Promise.resolve(new TrackStore(location));
  }
  /** Takes the write lock (counted: nested calls share it) and resolves to its release. Throws StoreError, or the signal's reason. */
  lock(_options: LockOptions = {}): Promise<() => Promise<void>> {
    throw new Error("skeleton");
  }
  /** Stored result with its absolute path (state "analyzed" or "failed"), or null. */
  get(_path: string): Analysis | null {
    throw new Error("skeleton");
  }
  /** Keeps a result (lock must be held); resolves to it, attempts counted, once it is on disk. */
  put(_answer: AnalysisAnswer): Promise<Analysis> {
    throw new Error("skeleton");
  }
  /** Forgets results of files and of everything below folders (lock must be held); resolves to the paths forgotten. */
  remove(_paths: readonly string[]): Promise<string[]> {
    throw new Error("skeleton");
  }
  getWaveform(_path: string): Promise<Uint8Array | null> {
    throw new Error("skeleton");
  }
  listFolder(_params: Omit<FolderParams, "store">): FolderPage {
    throw new Error("skeleton");
  }
  listFailed(_limit: number): TrackRow[] {
    throw new Error("skeleton");
  }
  count(): StoreCounts {
    throw new Error("skeleton");
  }
  /** Every stored result by path, failed ones too. */
  all(): Iterable<Analysis> {
    throw new Error("skeleton");
  }
  /** Reads the file again if another process has replaced it. */
  refresh(): Promise<boolean> {
    throw new Error("skeleton");
  }
  close(): void {
    throw new Error("skeleton");
  }
}
