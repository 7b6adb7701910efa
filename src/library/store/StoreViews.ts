/**
 * The views of a store (views.ts) while it is written: when one may go. A view is named by its content, which several
 * rows may have, and may be there before its row.
 */
import { cleanViews } from "./cleanViews";
import type { DatabaseFile } from "./DatabaseFile";
import { orCannotWrite } from "./storeFailures";
import type { StoreFiles } from "./StoreFiles";
import { hasContent } from "./trackChanges";
import { removeView, writeView } from "./views";

/** So much of new views is a reason to look at the folder of all. */
const CLEAN_AFTER_BYTES = 256 * 1024 ** 2;

export class StoreViews {
  readonly #files: StoreFiles;
  readonly #file: DatabaseFile;
  /** Hashes that a row has given up: their views go when no other row has them. */
  #givenUp = new Set<string>();
  /** Puts under way, here or in another process that writes its view itself. */
  #puts = 0;
  /** Bytes of views since the folder was last looked at. */
  #newBytes = 0;
  /** Views that are just being removed. */
  #removing: Promise<unknown> = Promise.resolve();

  constructor(files: StoreFiles, file: DatabaseFile) {
    this.#files = files;
    this.#file = file;
  }

  /**
   * No view is removed from when this resolves until what it resolves to is called: a view may be written before the
   * row that names it is put.
   */
  async expect(): Promise<() => void> {
    this.#puts++;
    await this.#removing;
    let isDone = false;
    return () => {
      if (!isDone) this.#puts--;
      isDone = true;
    };
  }

  /** Throws StoreError. */
  async write(sha256: string, view: Uint8Array): Promise<void> {
    await orCannotWrite(this.#files.folder, () => writeView(this.#files, sha256, view));
    this.#newBytes += view.length;
  }

  /** A row has no longer this content, if any, but perhaps another. */
  giveUp(sha256: string | null, next: string | null = null): void {
    if (sha256 && sha256 !== next) this.#givenUp.add(sha256);
  }

  /** Not while a put is under way: its view may be there before its row. */
  async removeGivenUp(): Promise<void> {
    if (this.#puts > 0 || !this.#file.isLockHeld) return;
    const unused = [...this.#givenUp].filter((sha256) => !hasContent(this.#file.database, sha256));
    this.#givenUp = new Set();
    const removal = this.#remove(unused);
    this.#removing = removal.catch(() => undefined);
    await removal;
  }

  /** Removes views that no result names or that are too many; resolves to the bytes that are free now. */
  clean(): Promise<number> {
    return cleanViews(this.#files, () => this.#file.database);
  }

  async #remove(unused: readonly string[]): Promise<void> {
    await Promise.all(unused.map((sha256) => removeView(this.#files, sha256)));
    if (this.#newBytes < CLEAN_AFTER_BYTES) return;
    this.#newBytes = 0;
    await this.clean();
  }
}
