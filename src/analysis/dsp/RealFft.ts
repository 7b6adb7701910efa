/**
 * Spectrum of a real frame: a radix-4 FFT of half the length over pairs of samples, then the split into the
 * spectrum of the real signal (Sorensen et al., Real-Valued Fast Fourier Transform Algorithms, 1987). Loading in
 * bit-reversed order is one with the first stage, and each stage reads its factors in the order it needs them.
 */
export class RealFft {
  /** Bins 0 … size/2 of the last frame. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly #half: number;
  /** Where in the frame the pair of each place lies. */
  readonly #order: Uint32Array;
  /** For each later stage and each of its places the first three powers of its root of unity: re, im. */
  readonly #factors: Float64Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  /** `size` is a power of two, at least 8. */
  constructor(size: number) {
    this.#half = size / 2;
    this.re = new Float64Array(this.#half + 1);
    this.im = new Float64Array(this.#half + 1);
    this.#order = pairOrder(this.#half);
    this.#factors = stageFactors(this.#half);
    const quarter = this.#half / 2 + 1;
    this.#cos = Float64Array.from({ length: quarter }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.#sin = Float64Array.from({ length: quarter }, (_, k) => -Math.sin((2 * Math.PI * k) / size));
  }

  /** Computes `re` and `im` of `frame`, which holds `size` samples. */
  transform(frame: Float64Array): void {
    let width = firstWidth(this.#half);
    if (width === 8) this.#loadEights(frame);
    else this.#loadFours(frame);
    let at = 0;
    for (; width < this.#half; width *= 4) {
      this.#quads(width, at);
      at += 6 * width;
    }
    this.#split();
  }

  /** Transforms of four pairs each: no factors but 1 and i. */
  #loadFours(frame: Float64Array): void {
    const { re, im } = this;
    const half = this.#half;
    const order = this.#order;
    for (let i = 0; i < half; i += 4) {
      const a = order[i] as number;
      const b = order[i + 1] as number;
      const c = order[i + 2] as number;
      const d = order[i + 3] as number;
      const ar = frame[a] as number;
      const ai = frame[a + 1] as number;
      const br = frame[b] as number;
      const bi = frame[b + 1] as number;
      const cr = frame[c] as number;
      const ci = frame[c + 1] as number;
      const dr = frame[d] as number;
      const di = frame[d + 1] as number;
      const abRe = ar + br;
      const abIm = ai + bi;
      const offRe = ar - br;
      const offIm = ai - bi;
      const cdRe = cr + dr;
      const cdIm = ci + di;
      const turnRe = cr - dr;
      const turnIm = ci - di;
      re[i] = abRe + cdRe;
      im[i] = abIm + cdIm;
      re[i + 1] = offRe + turnIm;
      im[i + 1] = offIm - turnRe;
      re[i + 2] = abRe - cdRe;
      im[i + 2] = abIm - cdIm;
      re[i + 3] = offRe - turnIm;
      im[i + 3] = offIm + turnRe;
    }
  }

  /** The start of an odd number of stages: transforms of four, joined two and two. */
  #loadEights(frame: Float64Array): void {
    this.#loadFours(frame);
    const { re, im } = this;
    const half = this.#half;
    for (let i = 0; i < half; i += 8) {
      const aRe = re[i + 4] as number;
      const aIm = im[i + 4] as number;
      const cRe = im[i + 6] as number;
      const cIm = -(re[i + 6] as number);
      const bRe = Math.SQRT1_2 * ((re[i + 5] as number) + (im[i + 5] as number));
      const bIm = Math.SQRT1_2 * ((im[i + 5] as number) - (re[i + 5] as number));
      const dRe = Math.SQRT1_2 * ((im[i + 7] as number) - (re[i + 7] as number));
      const dIm = -Math.SQRT1_2 * ((re[i + 7] as number) + (im[i + 7] as number));
      re[i + 4] = (re[i] as number) - aRe;
      im[i + 4] = (im[i] as number) - aIm;
      re[i] = (re[i] as number) + aRe;
      im[i] = (im[i] as number) + aIm;
      re[i + 5] = (re[i + 1] as number) - bRe;
      im[i + 5] = (im[i + 1] as number) - bIm;
      re[i + 1] = (re[i + 1] as number) + bRe;
      im[i + 1] = (im[i + 1] as number) + bIm;
      re[i + 6] = (re[i + 2] as number) - cRe;
      im[i + 6] = (im[i + 2] as number) - cIm;
      re[i + 2] = (re[i + 2] as number) + cRe;
      im[i + 2] = (im[i + 2] as number) + cIm;
      re[i + 7] = (re[i + 3] as number) - dRe;
      im[i + 7] = (im[i + 3] as number) - dIm;
      re[i + 3] = (re[i + 3] as number) + dRe;
      im[i + 3] = (im[i + 3] as number) + dIm;
    }
  }

  /** Two radix-2 stages at once: joins four transforms of `width` bins each to one. */
  #quads(width: number, firstFactor: number): void {
    const { re, im } = this;
    const half = this.#half;
    const factors = this.#factors;
    for (let group = 0; group < half; group += 4 * width) {
      let f = firstFactor;
      for (let a = group; a < group + width; a++, f += 6) {
        const b = a + width;
        const c = b + width;
        const d = c + width;
        const c1 = factors[f] as number;
        const s1 = factors[f + 1] as number;
        const c2 = factors[f + 2] as number;
        const s2 = factors[f + 3] as number;
        const c3 = factors[f + 4] as number;
        const s3 = factors[f + 5] as number;
        const xr = re[b] as number;
        const xi = im[b] as number;
        const yr = re[c] as number;
        const yi = im[c] as number;
        const zr = re[d] as number;
        const zi = im[d] as number;
        const ar = re[a] as number;
        const ai = im[a] as number;
        const br = xr * c2 - xi * s2;
        const bi = xr * s2 + xi * c2;
        const cr = yr * c1 - yi * s1;
        const ci = yr * s1 + yi * c1;
        const dr = zr * c3 - zi * s3;
        const di = zr * s3 + zi * c3;
        const abRe = ar + br;
        const abIm = ai + bi;
        const offRe = ar - br;
        const offIm = ai - bi;
        const cdRe = cr + dr;
        const cdIm = ci + di;
        const turnRe = cr - dr;
        const turnIm = ci - di;
        re[a] = abRe + cdRe;
        im[a] = abIm + cdIm;
        re[b] = offRe + turnIm;
        im[b] = offIm - turnRe;
        re[c] = abRe - cdRe;
        im[c] = abIm - cdIm;
        re[d] = offRe - turnIm;
        im[d] = offIm + turnRe;
      }
    }
  }

  /** Even samples went in as real parts, odd ones as imaginary parts: takes the two apart and joins them. */
  #split(): void {
    const { re, im } = this;
    const half = this.#half;
    const cos = this.#cos;
    const sin = this.#sin;
    const first = re[0] as number;
    const last = im[0] as number;
    re[0] = first + last;
    re[half] = first - last;
    im[0] = 0;
    im[half] = 0;
    for (let k = 1, m = half - 1; k <= m; k++, m--) {
      const evenRe = ((re[k] as number) + (re[m] as number)) / 2;
      const evenIm = ((im[k] as number) - (im[m] as number)) / 2;
      const oddRe = ((im[k] as number) + (im[m] as number)) / 2;
      const oddIm = ((re[m] as number) - (re[k] as number)) / 2;
      const c = cos[k] as number;
      const s = sin[k] as number;
      const turnedRe = oddRe * c - oddIm * s;
      const turnedIm = oddIm * c + oddRe * s;
      re[k] = evenRe + turnedRe;
      im[k] = evenIm + turnedIm;
      re[m] = evenRe - turnedRe;
      im[m] = turnedIm - evenIm;
    }
  }
}

/** Pairs that the first stage joins: all later stages join four. */
function firstWidth(half: number): 4 | 8 {
  return Math.log2(half) % 2 === 1 ? 8 : 4;
}

/** Twice the bit-reversed index: a pair is two samples. */
function pairOrder(half: number): Uint32Array {
  const bits = Math.log2(half);
  return Uint32Array.from({ length: half }, (_, i) => {
    let reversed = 0;
    for (let b = 0; b < bits; b++) if (i & (1 << b)) reversed |= 1 << (bits - 1 - b);
    return 2 * reversed;
  });
}

function stageFactors(half: number): Float64Array {
  const factors: number[] = [];
  for (let width = firstWidth(half); width < half; width *= 4) {
    for (let k = 0; k < width; k++) {
      for (const power of [1, 2, 3]) {
        const angle = (2 * Math.PI * power * k) / (4 * width);
        factors.push(Math.cos(angle), -Math.sin(angle));
      }
    }
  }
  return Float64Array.from(factors);
}
