/**
 * Why the store cannot do what was asked. These are the user's to solve (another program, a full disk), so
 * they carry a code and a sentence that can be shown as it is.
 */
import type { StoreErrorCode } from "../../shared/engineProtocol";

export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreError";
    this.code = code;
  }
}
