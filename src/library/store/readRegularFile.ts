/**
 * Reads a file that anyone may have put there: a device or a pipe would be read for ever, a huge file would take
 * all memory.
 */
import { constants, type Stats } from "node:fs";
import { open } from "node:fs/promises";

/** The content of a file of at most `maxBytes`, and its facts; throws for what is no such file. */
export async function readRegularFile(
  path: string,
  maxBytes: number,
): Promise<{ bytes: Buffer; stats: Stats }> {
  // Opening a pipe waits for its other end unless told not to; Windows has neither the pipes nor the flag.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Error("it is not a file");
    if (stats.size > maxBytes) throw new Error(`it is larger than ${maxBytes} bytes`);
    return { bytes: await file.readFile(), stats };
  } finally {
    await file.close();
  }
}
