/**
 * Spectrum of a real frame: a radix-4 FFT of half the length over pairs of samples, then the split into the
 * spectrum of the real signal.
 */
export class RealFft {
  /** Bins 0 … size/2 of the last frame. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly #half: number;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #reversed: Uint32Array;

  /** `size` is a power of two, at least 4. */
  constructor(size: number) {
    this.#half = size / 2;
    this.re = new Float64Array(this.#half + 1);
    this.im = new Float64Array(this.#half + 1);
    this.#cos = Float64Array.from({ length: this.#half }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.#sin = Float64Array.from({ length: this.#half }, (_, k) => -Math.sin((2 * Math.PI * k) / size));
    this.#reversed = bitReversal(this.#half);
  }

  /** Computes `re` and `im` of `frame`, which holds `size` samples. */
  transform(frame: Float64Array): void {
    const { re, im } = this;
    const half = this.#half;
    const reversed = this.#reversed;
    for (let i = 0; i < half; i++) {
      const from = 2 * (reversed[i] as number);
      re[i] = frame[from] as number;
      im[i] = frame[from + 1] as number;
    }
    this.#butterflies();
    this.#split();
  }

  #butterflies(): void {
    const half = this.#half;
    let width = 1;
    if (Math.log2(half) % 2 === 1) {
      this.#pairs();
      width = 2;
    }
    for (; width < half; width *= 4) this.#quads(width);
  }

  /** The first stage of an odd number of stages: sums and differences of neighbours. */
  #pairs(): void {
    const { re, im } = this;
    const half = this.#half;
    for (let a = 0; a < half; a += 2) {
      const ar = re[a] as number;
      const ai = im[a] as number;
      const br = re[a + 1] as number;
      const bi = im[a + 1] as number;
      re[a] = ar + br;
      im[a] = ai + bi;
      re[a + 1] = ar - br;
      im[a + 1] = ai - bi;
    }
  }

  /** Two radix-2 stages at once: joins four transforms of `width` bins each to one. */
  #quads(width: number): void {
    const { re, im } = this;
    const half = this.#half;
    const cos = this.#cos;
    const sin = this.#sin;
    // The tables hold angles of the full size: twice as fine as this transform's.
    const stride = half / (2 * width);
    for (let k = 0; k < width; k++) {
      const c1 = cos[k * stride] as number;
      const s1 = sin[k * stride] as number;
      const c2 = cos[2 * k * stride] as number;
      const s2 = sin[2 * k * stride] as number;
      const c3 = c1 * c2 - s1 * s2;
      const s3 = c1 * s2 + s1 * c2;
      for (let a = k; a < half; a += 4 * width) {
        const b = a + width;
        const c = b + width;
        const d = c + width;
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
        const sumRe = ar + br;
        const sumIm = ai + bi;
        const differenceRe = ar - br;
        const differenceIm = ai - bi;
        re[a] = sumRe + cr + dr;
        im[a] = sumIm + ci + di;
        re[c] = sumRe - cr - dr;
        im[c] = sumIm - ci - di;
        re[b] = differenceRe + ci - di;
        im[b] = differenceIm - cr + dr;
        re[d] = differenceRe - ci + di;
        im[d] = differenceIm + cr - dr;
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

function bitReversal(size: number): Uint32Array {
  const table = new Uint32Array(size);
  const bits = Math.log2(size);
  for (let i = 0; i < size; i++) {
    let reversed = 0;
    for (let b = 0; b < bits; b++) if (i & (1 << b)) reversed |= 1 << (bits - 1 - b);
    table[i] = reversed;
  }
  return table;
}
