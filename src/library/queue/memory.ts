/** How much memory there is, and how much the analysis of one file is expected to take. */
import { freemem, totalmem } from "node:os";

const MB = 1024 * 1024;
/** Decoder, buffers and feature frames of a file of usual length, in a worker that is warm. */
const BYTES_PER_FILE = 96 * MB;
/** Sound is decoded in a stream: what grows with a file grows slower than the file, and not for ever. */
const MAX_BYTES_BY_SIZE = 384 * MB;

/** Bytes that could be taken now without harm to others. */
export function availableMemory(): number {
  // macOS counts memory that it would give at once as used.
  return process.platform === "darwin" ? totalmem() / 2 : freemem();
}

/** What one file is expected to take, by its size in bytes (null: not known). */
export function memoryOf(size: number | null): number {
  return BYTES_PER_FILE + Math.min(MAX_BYTES_BY_SIZE, (size ?? 0) / 2);
}
