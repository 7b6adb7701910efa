/** Puts blocks into one array a channel. */
import type { AudioBlock } from "./stream";

export function joinBlocks(blocks: readonly AudioBlock[], channels: number): Float32Array[] {
  const total = blocks.reduce((sum, { length }) => sum + length, 0);
  return Array.from({ length: channels }, (_, c) => {
    const samples = new Float32Array(total);
    let at = 0;
    for (const block of blocks) {
      samples.set(block.channels[c]?.subarray(0, block.length) ?? [], at);
      at += block.length;
    }
    return samples;
  });
}
