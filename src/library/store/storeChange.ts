/** What the users of a store hear when any of them has changed it. */
import type { TrackRow } from "../../shared/engineProtocol";

/** One path that is known anew or otherwise than before; track null: known no more. */
export interface StoreChange {
  /** Absolute. */
  path: string;
  track: TrackRow | null;
}

/** Null: anything may have changed. */
export type ChangeListener = (changes: readonly StoreChange[] | null) => void;
