/** What each extractor answers when the signal is over: its values, and why some of them are null. */
import type { MissingReason } from "../shared/codes";

export interface Extracted<Values> {
  values: Values;
  /** One entry for each value that is null. */
  missing: Partial<Record<keyof Values, MissingReason>>;
}
