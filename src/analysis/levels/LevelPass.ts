/** Cuts a signal into bins of {@link BIN_FRAMES} frames and gives their levels to those who make something of them. */
import { BIN_FRAMES, BinLevels } from "./BinLevels";

export interface LevelReader {
  /** A bin is complete; it is valid during the call only. */
  takeBin: (bin: BinLevels) => void;
  /** The frames from `from` up to `to` have just gone into `bin`, for those who must see single samples. */
  takeFrames?: (block: readonly Float32Array[], from: number, to: number, bin: BinLevels) => void;
}

export class LevelPass {
  readonly #bin: BinLevels;
  readonly #readers: readonly LevelReader[];

  constructor(channels: number, readers: readonly LevelReader[]) {
    this.#bin = new BinLevels(channels);
    this.#readers = readers;
  }

  /** Takes the next `length` frames, one array a channel. */
  push(block: readonly Float32Array[], length: number): void {
    const bin = this.#bin;
    let from = 0;
    while (from < length) {
      const to = Math.min(length, from + BIN_FRAMES - bin.frames);
      bin.extend(block, from, to);
      for (const reader of this.#readers) reader.takeFrames?.(block, from, to, bin);
      if (bin.frames === BIN_FRAMES) this.#close();
      from = to;
    }
  }

  /** Gives out the last bin if it is begun; to be called once, before the readers are asked for their results. */
  finish(): void {
    if (this.#bin.frames > 0) this.#close();
  }

  #close(): void {
    for (const reader of this.#readers) reader.takeBin(this.#bin);
    this.#bin.clear();
  }
}
