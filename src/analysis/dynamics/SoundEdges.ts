/** Where sound begins and where it ends: the first and the last frame with a sample above −60 dBFS in any channel. */
import { SILENCE_PEAK } from "../levels/audible";

export class SoundEdges {
  /** Frame; null while there was silence only. */
  first: number | null = null;
  last: number | null = null;

  /** Looks at the frames from `from` up to `to`; the one at `from` is frame `position` of the signal. */
  look(block: readonly Float32Array[], from: number, to: number, position: number): void {
    if (this.first === null) {
      const index = firstSound(block, from, to);
      if (index === null) return;
      this.first = position + index - from;
    }
    const index = lastSound(block, from, to);
    if (index !== null) this.last = position + index - from;
  }
}

function firstSound(block: readonly Float32Array[], from: number, to: number): number | null {
  for (let i = from; i < to; i++) if (isSound(block, i)) return i;
  return null;
}

function lastSound(block: readonly Float32Array[], from: number, to: number): number | null {
  for (let i = to - 1; i >= from; i--) if (isSound(block, i)) return i;
  return null;
}

function isSound(block: readonly Float32Array[], i: number): boolean {
  for (const samples of block) if (Math.abs(samples[i] as number) > SILENCE_PEAK) return true;
  return false;
}
