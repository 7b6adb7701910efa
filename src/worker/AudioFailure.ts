/**
 * The one way a file may fail on its way from bytes to samples. AudioAnalyzer turns it into a result with
 * `state: "failed"`; anything else that is thrown is a bug or a crash.
 */
import type { FailureCode } from "../shared/codes";

export class AudioFailure extends Error {
  override readonly name = "AudioFailure";
  readonly code: FailureCode;

  /** `message`: what is wrong and what to do about it, in one or two sentences. */
  constructor(code: FailureCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
