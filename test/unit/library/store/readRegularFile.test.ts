/** What is read of a file, and the room behind it. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRegularFile } from "../../../../src/library/store/readRegularFile";
import { makeFolder } from "../fixtures/someFiles";

test("the room behind a file's bytes holds nothing of what the memory held before", async () => {
  const path = join(await makeFolder(), "small.bin");
  await writeFile(path, "x".repeat(1000));
  for (let i = 0; i < 200; i++) {
    // Let go at once: memory of this size that is taken next is likely this.
    Buffer.allocUnsafeSlow(2000).fill(7);
    const { bytes } = await readRegularFile(path, 10_000, 1);
    const room = new Uint8Array(bytes.buffer, bytes.length);
    expect(room.length).toBe(1000);
    expect(room.every((byte) => byte === 0)).toBe(true);
  }
});
