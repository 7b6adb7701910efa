/** Why a file cannot be imported, in a sentence for the user. */
export type ImportErrorCode =
  /** No permission, no such file, no file at all. */
  | "cannotRead"
  /** Larger, or with more rows, than what is read into memory. */
  | "tooLarge"
  /** A SQLite file that is damaged. */
  | "broken"
  /** No database or export of the earlier Playlista. */
  | "notEarlier";

export class ImportError extends Error {
  readonly code: ImportErrorCode;

  constructor(code: ImportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ImportError";
    this.code = code;
  }
}
