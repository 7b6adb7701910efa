/** What happens to sound on its way: another level, noise, lost highs or lows, a compressor. */
import { RENDER_RATE } from "./fluidsynth";

const LOUDEST = 0.9;

/** A copy, roughened by chance; half of all get only another level. */
export function roughened(samples: Float32Array, random: () => number): Float32Array {
  const highest = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-4);
  const gain = (LOUDEST * (0.15 + 0.85 * random())) / highest;
  let sound: Float32Array = samples.map((value) => gain * value);
  const kind = Math.floor(10 * random());
  if (kind === 0) sound = withNoise(sound, 0.02 * random() * random(), random);
  if (kind === 1 || kind === 2) sound = withoutHighs(sound, 2500 + 7500 * random());
  if (kind === 3) sound = withoutLows(sound, 60 + 120 * random());
  if (kind === 4 || kind === 5) sound = squeezed(sound, 1.5 + 3 * random());
  return sound;
}

function withNoise(samples: Float32Array, level: number, random: () => number): Float32Array {
  return samples.map((value) => value + level * (2 * random() - 1));
}

function withoutHighs(samples: Float32Array, hz: number): Float32Array {
  const share = 1 - Math.exp((-2 * Math.PI * hz) / RENDER_RATE);
  let one = 0;
  let two = 0;
  return samples.map((value) => {
    one += share * (value - one);
    two += share * (one - two);
    return two;
  });
}

function withoutLows(samples: Float32Array, hz: number): Float32Array {
  const share = 1 - Math.exp((-2 * Math.PI * hz) / RENDER_RATE);
  let low = 0;
  return samples.map((value) => {
    low += share * (value - low);
    return value - low;
  });
}

function squeezed(samples: Float32Array, drive: number): Float32Array {
  return samples.map((value) => Math.tanh(drive * value) / drive);
}
