/**
 * Reads a file that anyone may have put there: a device or a pipe would be read for ever, a huge file would take
 * all memory.
 */
import { constants, type Stats } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";

/** Where one read of the system ends. */
const MOST_AT_ONCE = 2 ** 30;

/**
 * The content of a file of at most `maxBytes`, and its facts; throws for what is no such file. The buffer behind the
 * bytes is its own, and longer by a share `spare` of the file: zeros.
 */
export async function readRegularFile(
  path: string,
  maxBytes: number,
  spare = 0,
): Promise<{ bytes: Buffer; stats: Stats }> {
  // Opening a pipe waits for its other end unless told not to; Windows has neither the pipes nor the flag.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Error("it is not a file");
    if (stats.size > maxBytes) throw new Error(`it is larger than ${maxBytes} bytes`);
    return { bytes: await readBytes(file, stats.size, spare), stats };
  } finally {
    await file.close();
  }
}

/** Not by readFile, which asks twice more than this does: notes are read at each change of a database. */
async function readBytes(file: FileHandle, size: number, spare: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(size + Math.ceil(size * spare));
  let end = 0;
  while (end < size) {
    const { bytesRead } = await file.read(bytes, end, Math.min(size - end, MOST_AT_ONCE));
    if (bytesRead === 0) break;
    end += bytesRead;
  }
  // What this memory held before is nobody's business: the spare part may become pages of a file.
  bytes.fill(0, end);
  return bytes.subarray(0, end);
}
