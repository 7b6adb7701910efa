/**
 * A store as everybody uses it: the engine, the command line, a run. Where its database is, in this process or in
 * another one that owns it, is nobody's concern but sharing's.
 */
import type { Analysis } from "../../shared/analysis";
import type { Disposable } from "../../shared/DisposableStore";
import type { StoreLocation } from "../../shared/engineProtocol";
import type { AnalysisAnswer } from "../../shared/job";
import type { LockOptions } from "./DatabaseFile";
import type { ChangeListener } from "./storeChange";
import type { StoreMethods } from "./storeMethods";

export interface Store extends StoreMethods {
  readonly location: StoreLocation;

  /**
   * Makes sure that results can be kept from now on, by this process or by one that owns the database; resolves to
   * what ends the writing, which comes back once all is on disk. Throws StoreError, or an AbortError.
   */
  beginWriting(options?: LockOptions): Promise<() => Promise<void>>;

  /**
   * Keeps a result (between beginWriting and its end); resolves to it, attempts counted, once it is on disk. Throws
   * StoreError when nothing can be kept; any other error is about this result alone.
   */
  put(answer: AnalysisAnswer): Promise<Analysis>;

  /**
   * Waits until no other process analyses the file; resolves to what lets others have it, at once when the signal
   * comes. Two processes that are asked for the same files would do the work twice.
   */
  claim(path: string, signal: AbortSignal): Promise<() => void>;

  /** A result with its segments, which lie in a file of their own, as the analysis gave them. */
  withSegments(analysis: Analysis): Promise<Analysis>;

  /** The encoded view (viewFile.ts) of a file's stored content, or null. */
  getView(path: string): Promise<Uint8Array | null>;

  /** Every stored result by path, failed ones too. */
  all(): AsyncIterable<Analysis>;

  /** Reads the database again if another process has replaced it; true when it had. */
  refresh(): Promise<boolean>;

  /** Hears of every change, whichever process made it. */
  onDidChange(listener: ChangeListener): Disposable;

  /** Ends what this process has of the store; what was kept is on disk when it resolves. */
  close(): Promise<void>;
}
