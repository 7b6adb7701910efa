/**
 * Levels of a short stretch of signal, from which waveform, dynamics and stereo are made: one loop over the samples
 * for all three (0.2 ms of CPU a second of stereo; a loop for each takes more than twice that).
 */

/** Frames in a bin; the last of a signal may have fewer. */
export const BIN_FRAMES = 64;

export class BinLevels {
  /** One value a channel each: lowest and highest sample, sum and sum of squares. */
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly sum: Float64Array;
  readonly energy: Float64Array;
  /** Sum of the products of the first two channels. */
  cross = 0;
  /** Frames so far. */
  frames = 0;

  constructor(channels: number) {
    this.min = new Float64Array(channels);
    this.max = new Float64Array(channels);
    this.sum = new Float64Array(channels);
    this.energy = new Float64Array(channels);
    this.clear();
  }

  clear(): void {
    // Seven hundred times a second, for two channels mostly: a loop is quicker than four calls of fill.
    for (let c = 0; c < this.min.length; c++) this.#keep(c, Infinity, -Infinity, 0, 0);
    this.cross = 0;
    this.frames = 0;
  }

  /** Highest absolute sample of a channel. */
  peak(channel: number): number {
    return Math.max(this.max[channel] as number, -(this.min[channel] as number));
  }

  /** Adds the frames from `from` up to `to`. However a signal is cut, its samples are summed in the same order. */
  extend(block: readonly Float32Array[], from: number, to: number): void {
    const [left, right] = block;
    const isPair = left !== undefined && right !== undefined && this.min.length > 1;
    if (isPair) this.#extendPair(left, right, from, to);
    for (let c = isPair ? 2 : 0; c < this.min.length; c++) {
      const samples = block[c];
      if (samples) this.#extendOne(c, samples, from, to);
    }
    this.frames += to - from;
  }

  #extendOne(channel: number, samples: Float32Array, from: number, to: number): void {
    let min = this.min[channel] as number;
    let max = this.max[channel] as number;
    let sum = this.sum[channel] as number;
    let energy = this.energy[channel] as number;
    for (let i = from; i < to; i++) {
      const x = samples[i] as number;
      if (x < min) min = x;
      if (x > max) max = x;
      sum += x;
      energy += x * x;
    }
    this.#keep(channel, min, max, sum, energy);
  }

  #extendPair(left: Float32Array, right: Float32Array, from: number, to: number): void {
    let lowest = this.min[0] as number;
    let lowestRight = this.min[1] as number;
    let highest = this.max[0] as number;
    let highestRight = this.max[1] as number;
    let sum = this.sum[0] as number;
    let sumRight = this.sum[1] as number;
    let energy = this.energy[0] as number;
    let energyRight = this.energy[1] as number;
    let cross = this.cross;
    for (let i = from; i < to; i++) {
      const x = left[i] as number;
      const y = right[i] as number;
      if (x < lowest) lowest = x;
      if (x > highest) highest = x;
      sum += x;
      energy += x * x;
      if (y < lowestRight) lowestRight = y;
      if (y > highestRight) highestRight = y;
      sumRight += y;
      energyRight += y * y;
      cross += x * y;
    }
    this.#keep(0, lowest, highest, sum, energy);
    this.#keep(1, lowestRight, highestRight, sumRight, energyRight);
    this.cross = cross;
  }

  #keep(channel: number, min: number, max: number, sum: number, energy: number): void {
    this.min[channel] = min;
    this.max[channel] = max;
    this.sum[channel] = sum;
    this.energy[channel] = energy;
  }
}
