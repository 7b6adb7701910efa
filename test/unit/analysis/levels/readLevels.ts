/** Gives whole signals to readers of levels, cut into blocks as decoders cut them. */
import { LevelPass, type LevelReader } from "../../../../src/analysis/levels/LevelPass";

export function readLevels(channels: readonly Float32Array[], reader: LevelReader, blockLength = 1152): void {
  const pass = new LevelPass(channels.length, [reader]);
  const length = channels[0]?.length ?? 0;
  for (let from = 0; from < length; from += blockLength) {
    const block = channels.map((samples) => samples.subarray(from, from + blockLength));
    pass.push(block, Math.min(blockLength, length - from));
  }
  pass.finish();
}
