/**
 * A file's bytes, read by position through one handle that can only read. The SHA-256 of the content is
 * taken from the same bytes as they are read; what nobody asked for is read at the end. Everything that
 * is no ordinary file is refused before it is opened, so a pipe without a writer can't hang us.
 */
import { createHash } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { open, stat, type FileHandle } from "node:fs/promises";
import type { FileFacts } from "../shared/analysis";
import { AudioFailure } from "./AudioFailure";

const CHUNK_BYTES = 256 * 1024;

// Windows has no such flag: Node leaves it undefined there.
const OPEN_FLAGS = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);

export class FileSource {
  /** Bytes, when the file was opened. */
  readonly size: number;
  /** ms since 1970, when the file was opened. */
  readonly modified: number;
  readonly #handle: FileHandle;
  readonly #hash = createHash("sha256");
  readonly #chunk: Uint8Array<ArrayBuffer>;
  #chunkStart = 0;
  #chunkLength = 0;
  /** All bytes before this position are in the hash. */
  #hashed = 0;

  private constructor(handle: FileHandle, facts: Stats) {
    this.#handle = handle;
    this.size = facts.size;
    this.modified = facts.mtimeMs;
    this.#chunk = new Uint8Array(Math.min(CHUNK_BYTES, Math.max(1, facts.size)));
  }

  /** Opens an ordinary file, or throws an {@link AudioFailure}. */
  static async open(path: string): Promise<FileSource> {
    let handle: FileHandle | null = null;
    try {
      refuseUnusable(await stat(path));
      handle = await open(path, OPEN_FLAGS);
      // The path may have become something else in between.
      const facts = await handle.stat();
      refuseUnusable(facts);
      return new FileSource(handle, facts);
    } catch (error) {
      await handle?.close();
      throw error instanceof AudioFailure ? error : failureOfSystem(error);
    }
  }

  /**
   * Fills `target` with the bytes at `position`.
   *
   * @returns bytes written: fewer than asked only at the end of the file.
   */
  async fill(position: number, target: Uint8Array): Promise<number> {
    let done = 0;
    while (done < target.length) {
      const bytes = await this.chunkAt(position + done);
      if (bytes.length === 0) break;
      const part = bytes.subarray(0, target.length - done);
      target.set(part, done);
      done += part.length;
    }
    return done;
  }

  /** A copy of at most `length` bytes at `position`; shorter at the end of the file. */
  async read(position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - position)));
    return bytes.subarray(0, await this.fill(position, bytes));
  }

  /** The bytes from `position` to the end of the chunk they lie in. Only valid until the next read. */
  async chunkAt(position: number): Promise<Uint8Array> {
    if (position < 0 || position >= this.size) return this.#chunk.subarray(0, 0);
    const offset = position - this.#chunkStart;
    if (offset < 0 || offset >= this.#chunkLength) {
      await this.#load(position - (position % this.#chunk.length));
    }
    return this.#chunk.subarray(position - this.#chunkStart, this.#chunkLength);
  }

  /**
   * The same apart from the reading in order: what is at hand by {@link chunkAt} stays, and the hash does not
   * count it. For tables that lie elsewhere than the audio they describe.
   */
  async readAside(position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - position)));
    const offset = position - this.#chunkStart;
    if (offset >= 0 && offset + bytes.length <= this.#chunkLength) {
      bytes.set(this.#chunk.subarray(offset, offset + bytes.length));
      return bytes;
    }
    return bytes.subarray(0, await this.#fillFrom(position, bytes));
  }

  /**
   * Reads what lies before `position` and has not been read: for those who pass over parts of a file, so that
   * the hash needs no second reading of what comes behind. Going back costs nothing.
   */
  async readUpTo(position: number): Promise<void> {
    const wanted = Math.min(position, this.size);
    const chunkStart = wanted - (wanted % this.#chunk.length);
    while (this.#hashed < chunkStart) {
      const before = this.#hashed;
      await this.#load(before - (before % this.#chunk.length));
      if (this.#hashed === before) break;
    }
  }

  /** Size, time and hash of the whole content; reads what has not been read yet. */
  async facts(): Promise<FileFacts> {
    while (this.#hashed < this.size) {
      const before = this.#hashed;
      await this.#load(before - (before % this.#chunk.length));
      if (this.#hashed === before) break;
    }
    const complete = this.#hashed === this.size;
    const sha256 = complete ? this.#hash.copy().digest("hex") : null;
    return { size: this.size, modified: this.modified, sha256 };
  }

  /** Whether size or time differ from those at the opening. */
  async hasChanged(): Promise<boolean> {
    const now = await this.#handle.stat();
    return now.size !== this.size || now.mtimeMs !== this.modified;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  /** Bytes from the file itself; fewer than asked only at its end. */
  async #fillFrom(position: number, target: Uint8Array): Promise<number> {
    let done = 0;
    try {
      while (done < target.length) {
        const { bytesRead } = await this.#handle.read(target, done, target.length - done, position + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
    } catch (error) {
      throw failureOfSystem(error);
    }
    return done;
  }

  async #load(start: number): Promise<void> {
    this.#chunkStart = start;
    this.#chunkLength = 0;
    const wanted = Math.min(this.#chunk.length, this.size - start);
    this.#chunkLength = await this.#fillFrom(start, this.#chunk.subarray(0, wanted));
    const end = start + this.#chunkLength;
    if (start <= this.#hashed && end > this.#hashed) {
      this.#hash.update(this.#chunk.subarray(this.#hashed - start, this.#chunkLength));
      this.#hashed = end;
    }
  }
}

function refuseUnusable(facts: Stats): void {
  if (facts.isFile()) return;
  throw new AudioFailure("notAFile", `This is ${kindOf(facts)}, not a file. Choose an audio file.`);
}

function kindOf(facts: Stats): string {
  if (facts.isDirectory()) return "a folder";
  if (facts.isFIFO()) return "a named pipe";
  if (facts.isSocket()) return "a socket";
  return "a device";
}

function failureOfSystem(error: unknown): AudioFailure {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
    case "ENAMETOOLONG":
      return new AudioFailure(
        "notFound",
        "There is no such file. It may have been moved, renamed or removed.",
        error,
      );
    case "EACCES":
    case "EPERM":
      return new AudioFailure(
        "unreadable",
        "You have no permission to read this file. Change its permissions and try again.",
        error,
      );
    case "ELOOP":
      return new AudioFailure(
        "unreadable",
        "Symbolic links lead in a circle here. Mend the link and try again.",
        error,
      );
    default:
      return new AudioFailure(
        "unreadable",
        `The file could not be read (${code}). Check the disk or the connection and try again.`,
        error,
      );
  }
}
