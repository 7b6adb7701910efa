/**
 * Spectrum of a real frame: a radix-2 FFT of half the length over pairs of samples, then the split into the
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
    for (let i = 0; i < this.#half; i++) {
      const from = this.#reversed[i] as number;
      this.re[i] = frame[2 * from] as number;
      this.im[i] = frame[2 * from + 1] as number;
    }
    this.#butterflies();
    this.#split();
  }

  #butterflies(): void {
    const { re, im } = this;
    const half = this.#half;
    for (let width = 1; width < half; width *= 2) {
      // The tables hold angles of the full size: twice as fine as this transform's.
      const stride = half / width;
      for (let k = 0; k < width; k++) {
        const c = this.#cos[k * stride] as number;
        const s = this.#sin[k * stride] as number;
        for (let a = k; a < half; a += 2 * width) {
          const b = a + width;
          const x = re[b] as number;
          const y = im[b] as number;
          const tr = x * c - y * s;
          const ti = x * s + y * c;
          const ar = re[a] as number;
          const ai = im[a] as number;
          re[b] = ar - tr;
          im[b] = ai - ti;
          re[a] = ar + tr;
          im[a] = ai + ti;
        }
      }
    }
  }

  /** Even samples went in as real parts, odd ones as imaginary parts: takes the two apart and joins them. */
  #split(): void {
    const { re, im } = this;
    const half = this.#half;
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
      const c = this.#cos[k] as number;
      const s = this.#sin[k] as number;
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
