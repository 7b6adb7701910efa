/**
 * How this process reaches a database at the moment: it owns it (OwnerSeat), asks who does (ClientSeat), or reads the
 * file by itself (ReaderSeat). A seat that is lost answers with OwnerGone, and the next one is taken.
 */
import type { Analysis } from "../../../shared/analysis";
import type { AnalysisAnswer } from "../../../shared/job";
import type { AnswerOf, MethodName, ParamsOf } from "../storeMethods";

/** A seat from which everybody's results are read. */
export interface Seat {
  readonly isUsable: boolean;
  ask<M extends MethodName>(name: M, params: ParamsOf<M>): Promise<AnswerOf<M>>;
  /** Resolves when what was asked is answered and nothing is held any more. */
  close(): Promise<void>;
}

/** A seat from which results are kept too. */
export interface WriterSeat extends Seat {
  /** Waits until no other process analyses the file; resolves to what lets others have it, null when given up. */
  claim(path: string, signal: AbortSignal): Promise<(() => void) | null>;
  /** `isRepeated`: an owner that is gone may have kept it already. */
  put(answer: AnalysisAnswer, isRepeated: boolean): Promise<Analysis>;
  /** Resolves when all that was kept from this seat is on disk. */
  settle(): Promise<void>;
}
