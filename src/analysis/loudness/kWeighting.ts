/**
 * The K-weighting of ITU-R BS.1770-5, annex 1: a high shelf for the head, then a high-pass. The standard
 * prints coefficients for 48 kHz only; here they are derived for any rate from the analogue filters that
 * those coefficients are the bilinear transforms of.
 */

/** y = b0·x + b1·x₋₁ + b2·x₋₂ − a1·y₋₁ − a2·y₋₂ */
export interface Biquad {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

/** Corner (Hz), Q, gain (dB) and the exponent of the middle gain, fitted to the standard's table 1. */
const SHELF = { frequency: 1681.974450955533, q: 0.7071752369554196, gain: 3.999843853973347 };
const SHELF_MIDDLE_EXPONENT = 0.4996667741545416;
/** Corner (Hz) and Q fitted to the standard's table 2. */
const HIGH_PASS = { frequency: 38.13547087602444, q: 0.5003270373238773 };

/** As a share of the sample rate: at a half of it there is no filter. */
const HIGHEST_CORNER = 0.49;

/** The two stages for `sampleRate` in Hz, in the order they are applied. */
export function kWeighting(sampleRate: number): { shelf: Biquad; highPass: Biquad } {
  return { shelf: highShelf(sampleRate), highPass: highPass(sampleRate) };
}

function highShelf(sampleRate: number): Biquad {
  const { q, gain } = SHELF;
  // At rates too low for the shelf's corner all of the signal lies below it: the shelf ends up out of the way.
  const k = Math.tan(Math.PI * Math.min(SHELF.frequency / sampleRate, HIGHEST_CORNER));
  const top = 10 ** (gain / 20);
  const middle = top ** SHELF_MIDDLE_EXPONENT;
  const a0 = 1 + k / q + k * k;
  return {
    b0: (top + (middle * k) / q + k * k) / a0,
    b1: (2 * (k * k - top)) / a0,
    b2: (top - (middle * k) / q + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / q + k * k) / a0,
  };
}

/** Its numerator is 1, −2, 1 as in the standard, not scaled to unit gain. */
function highPass(sampleRate: number): Biquad {
  const k = Math.tan(Math.PI * Math.min(HIGH_PASS.frequency / sampleRate, HIGHEST_CORNER));
  const a0 = 1 + k / HIGH_PASS.q + k * k;
  return { b0: 1, b1: -2, b2: 1, a1: (2 * (k * k - 1)) / a0, a2: (1 - k / HIGH_PASS.q + k * k) / a0 };
}
