/**
 * Why the store cannot do what was asked. These are the user's to solve (another program, a full disk), so
 * they carry a code and a sentence that can be shown as it is.
 */
export type StoreErrorCode =
  /** Made by a newer version of Playlista: can be read, not written. */
  | "newerVersion"
  /** A file that is not Playlista's database lies where it should be. */
  | "notOurs"
  /** Another process took the database over while this one was stopped. */
  | "lockLost"
  /** No permission to read it, or the disk fails. */
  | "cannotRead"
  /** No permission, no space, no such disk. */
  | "cannotWrite";

export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreError";
    this.code = code;
  }
}
