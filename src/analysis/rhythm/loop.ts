/**
 * A file of a few seconds is nearly always a loop, cut to whole beats so that it can be repeated: heard repeated,
 * its own length counts among its periods.
 */
import type { Curves } from "./OnsetCurves";

/** Seconds up to which a file is heard as a loop. */
export const LONGEST_LOOP = 5;
/** Frames of the repetition, at least. */
const LEAST_FRAMES = 1200;

/** The curves again and again; `length` in frames need not be whole. */
export function asLoop({ full, bass, treble }: Curves, length: number): Curves {
  const times = Math.ceil(LEAST_FRAMES / length);
  const repeat = (curve: Float32Array): Float32Array => {
    const repeated = new Float32Array(Math.ceil(times * length));
    const once = curve.subarray(0, Math.floor(length));
    for (let i = 0; i < times; i++) {
      const at = Math.round(i * length);
      repeated.set(once.subarray(0, repeated.length - at), at);
    }
    return repeated;
  };
  return { full: repeat(full), bass: repeat(bass), treble: repeat(treble) };
}
