// The loops that most of the time goes into, two to four numbers at a time. AssemblyScript: scripts/build-kernel.mjs
// makes kernelBytes.ts of it. All parameters but counts and scales are addresses; kernel.ts says who calls what.
// The transform is a real-input FFT as a complex one of half the length over pairs of samples (Sorensen et al.,
// Real-Valued Fast Fourier Transform Algorithms, 1987): radix 4, decimation in time, then the split into the spectrum
// of the real signal.

/** Spectrum of the `2 * half` samples at `frame`: bins 0 … half at `re` and `im`. `half` is a power of two, at least 4. */
export function transform(
  frame: usize,
  re: usize,
  im: usize,
  half: i32,
  order: usize,
  factors: usize,
  cos: usize,
  sin: usize,
): void {
  loadFours(frame, re, im, half, order);
  let width = 4;
  if (ctz(half) & 1) {
    joinEights(re, im, half);
    width = 8;
  }
  for (; width < half; width *= 4) {
    joinFours(re, im, half, width, factors);
    factors += width * 48;
  }
  split(re, im, half, cos, sin);
}

/** Transforms of four pairs each, loaded in bit-reversed order: no factors but 1 and i. */
@inline
function loadFours(frame: usize, re: usize, im: usize, half: i32, order: usize): void {
  for (let i = 0; i < half; i += 4) {
    const a = v128.load(frame + load<u32>(order));
    const b = v128.load(frame + load<u32>(order, 4));
    const c = v128.load(frame + load<u32>(order, 8));
    const d = v128.load(frame + load<u32>(order, 12));
    const ab = f64x2.add(a, b);
    const off = f64x2.sub(a, b);
    const cd = f64x2.add(c, d);
    const turn = f64x2.sub(c, d);
    // Times −i: imaginary part, then minus the real one.
    const turned = v128.xor(v128.shuffle<f64>(turn, turn, 1, 0), i64x2(0, 0x8000000000000000));
    const y0 = f64x2.add(ab, cd);
    const y1 = f64x2.add(off, turned);
    const y2 = f64x2.sub(ab, cd);
    const y3 = f64x2.sub(off, turned);
    v128.store(re, v128.shuffle<f64>(y0, y1, 0, 2));
    v128.store(re, v128.shuffle<f64>(y2, y3, 0, 2), 16);
    v128.store(im, v128.shuffle<f64>(y0, y1, 1, 3));
    v128.store(im, v128.shuffle<f64>(y2, y3, 1, 3), 16);
    order += 16;
    re += 32;
    im += 32;
  }
}

/** The stage that an odd number of stages has more: joins transforms of four, two and two. */
@inline
function joinEights(re: usize, im: usize, half: i32): void {
  const h = Math.SQRT1_2;
  for (let i = 0; i < half; i += 8) {
    joinTwo(re, im, f64x2(1, h), f64x2(0, -h));
    joinTwo(re + 16, im + 16, f64x2(0, -h), f64x2(-1, -h));
    re += 64;
    im += 64;
  }
}

@inline
function joinTwo(re: usize, im: usize, c: v128, s: v128): void {
  const ar = v128.load(re);
  const ai = v128.load(im);
  const xr = v128.load(re, 32);
  const xi = v128.load(im, 32);
  const br = f64x2.sub(f64x2.mul(xr, c), f64x2.mul(xi, s));
  const bi = f64x2.add(f64x2.mul(xr, s), f64x2.mul(xi, c));
  v128.store(re, f64x2.add(ar, br));
  v128.store(im, f64x2.add(ai, bi));
  v128.store(re, f64x2.sub(ar, br), 32);
  v128.store(im, f64x2.sub(ai, bi), 32);
}

/** Two radix-2 stages at once: joins four transforms of `width` bins each to one. */
@inline
function joinFours(re: usize, im: usize, half: i32, width: i32, factors: usize): void {
  const step: usize = width * 8;
  const end = re + half * 8;
  const toIm = im - re;
  for (let group = re; group < end; group += 4 * step) {
    let f = factors;
    for (let a = group; a < group + step; a += 16) {
      const b = a + step;
      const c = b + step;
      const d = c + step;
      const xr = v128.load(b);
      const xi = v128.load(b + toIm);
      const yr = v128.load(c);
      const yi = v128.load(c + toIm);
      const zr = v128.load(d);
      const zi = v128.load(d + toIm);
      const c1 = v128.load(f);
      const s1 = v128.load(f, 16);
      const c2 = v128.load(f, 32);
      const s2 = v128.load(f, 48);
      const c3 = v128.load(f, 64);
      const s3 = v128.load(f, 80);
      const br = f64x2.sub(f64x2.mul(xr, c2), f64x2.mul(xi, s2));
      const bi = f64x2.add(f64x2.mul(xr, s2), f64x2.mul(xi, c2));
      const cr = f64x2.sub(f64x2.mul(yr, c1), f64x2.mul(yi, s1));
      const ci = f64x2.add(f64x2.mul(yr, s1), f64x2.mul(yi, c1));
      const dr = f64x2.sub(f64x2.mul(zr, c3), f64x2.mul(zi, s3));
      const di = f64x2.add(f64x2.mul(zr, s3), f64x2.mul(zi, c3));
      const ar = v128.load(a);
      const ai = v128.load(a + toIm);
      const abRe = f64x2.add(ar, br);
      const abIm = f64x2.add(ai, bi);
      const offRe = f64x2.sub(ar, br);
      const offIm = f64x2.sub(ai, bi);
      const cdRe = f64x2.add(cr, dr);
      const cdIm = f64x2.add(ci, di);
      const turnRe = f64x2.sub(cr, dr);
      const turnIm = f64x2.sub(ci, di);
      v128.store(a, f64x2.add(abRe, cdRe));
      v128.store(a + toIm, f64x2.add(abIm, cdIm));
      v128.store(b, f64x2.add(offRe, turnIm));
      v128.store(b + toIm, f64x2.sub(offIm, turnRe));
      v128.store(c, f64x2.sub(abRe, cdRe));
      v128.store(c + toIm, f64x2.sub(abIm, cdIm));
      v128.store(d, f64x2.sub(offRe, turnIm));
      v128.store(d + toIm, f64x2.add(offIm, turnRe));
      f += 96;
    }
  }
}

/** Even samples went in as real parts, odd ones as imaginary parts: takes the two apart and joins them. */
@inline
function split(re: usize, im: usize, half: i32, cos: usize, sin: usize): void {
  const first = load<f64>(re);
  const last = load<f64>(im);
  const half2 = f64x2.splat(0.5);
  const end: usize = half * 8;
  let low: usize = 8;
  // From above, two bins at once, the higher one first in what is computed.
  let high: usize = end - 16;
  for (; low <= high; low += 16, high -= 16) {
    const ar = v128.load(re + low);
    const ai = v128.load(im + low);
    const highRe = v128.load(re + high);
    const highIm = v128.load(im + high);
    const br = v128.shuffle<f64>(highRe, highRe, 1, 0);
    const bi = v128.shuffle<f64>(highIm, highIm, 1, 0);
    const evenRe = f64x2.mul(half2, f64x2.add(ar, br));
    const evenIm = f64x2.mul(half2, f64x2.sub(ai, bi));
    const oddRe = f64x2.mul(half2, f64x2.add(ai, bi));
    const oddIm = f64x2.mul(half2, f64x2.sub(br, ar));
    const c = v128.load(cos + low);
    const s = v128.load(sin + low);
    const turnedRe = f64x2.sub(f64x2.mul(oddRe, c), f64x2.mul(oddIm, s));
    const turnedIm = f64x2.add(f64x2.mul(oddIm, c), f64x2.mul(oddRe, s));
    v128.store(re + low, f64x2.add(evenRe, turnedRe));
    v128.store(im + low, f64x2.add(evenIm, turnedIm));
    const mirrorRe = f64x2.sub(evenRe, turnedRe);
    const mirrorIm = f64x2.sub(turnedIm, evenIm);
    v128.store(re + high, v128.shuffle<f64>(mirrorRe, mirrorRe, 1, 0));
    v128.store(im + high, v128.shuffle<f64>(mirrorIm, mirrorIm, 1, 0));
  }
  store<f64>(re, first + last);
  store<f64>(re + end, first - last);
  store<f64>(im, 0);
  store<f64>(im + end, 0);
}

/** `count` (even) products of f32 samples and an f64 window. */
export function multiply(samples: usize, window: usize, count: i32, frame: usize): void {
  for (let i = 0; i < count; i += 2) {
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(samples));
    v128.store(frame, f64x2.mul(pair, v128.load(window)));
    samples += 8;
    window += 16;
    frame += 16;
  }
}

/**
 * Power and magnitude of `count` (even) bins, and at `sums` the sums over the bins k of power, magnitude, k · magnitude
 * and k² · magnitude, each in two parts: even bins, odd bins.
 */
export function measure(re: usize, im: usize, count: i32, power: usize, magnitude: usize, sums: usize): void {
  let total = f64x2.splat(0);
  let sum = f64x2.splat(0);
  let first = f64x2.splat(0);
  let second = f64x2.splat(0);
  let k = f64x2(0, 1);
  const two = f64x2.splat(2);
  for (let i = 0; i < count; i += 2) {
    const x = v128.load(re);
    const y = v128.load(im);
    const p = f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y));
    const m = f64x2.sqrt(p);
    const moment = f64x2.mul(k, m);
    v128.store(power, p);
    v128.store(magnitude, m);
    total = f64x2.add(total, p);
    sum = f64x2.add(sum, m);
    first = f64x2.add(first, moment);
    second = f64x2.add(second, f64x2.mul(k, moment));
    k = f64x2.add(k, two);
    re += 16;
    im += 16;
    power += 16;
    magnitude += 16;
  }
  v128.store(sums, total);
  v128.store(sums, sum, 16);
  v128.store(sums, first, 32);
  v128.store(sums, second, 48);
}

/** Squared length of what rises from `earlier` to `now`, each times its scale; `count` is even. */
export function rise(now: usize, scale: f64, earlier: usize, earlierScale: f64, count: i32): f64 {
  const a = f64x2.splat(scale);
  const b = f64x2.splat(earlierScale);
  const zero = f64x2.splat(0);
  let sum = zero;
  for (let i = 0; i < count; i += 2) {
    const difference = f64x2.sub(f64x2.mul(v128.load(now), a), f64x2.mul(v128.load(earlier), b));
    const risen = f64x2.max(difference, zero);
    sum = f64x2.add(sum, f64x2.mul(risen, risen));
    now += 16;
    earlier += 16;
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Mean root of the `keep` greatest of `count` powers; `kept` has room for them. */
export function strongest(powers: usize, count: i32, keep: i32, kept: usize): f64 {
  for (let i = 0; i < keep; i++) store<f64>(kept + i * 8, 0);
  let bar: f64 = 0;
  let i = 0;
  // Upwards, for most spectra fall: few bins are stronger than all before them.
  for (; i + 4 <= count; i += 4) {
    const at = powers + i * 8;
    const bars = f64x2.splat(bar);
    const above = v128.or(f64x2.gt(v128.load(at), bars), f64x2.gt(v128.load(at, 16), bars));
    if (!v128.any_true(above)) continue;
    for (let j = 0; j < 4; j++) bar = keepGreater(load<f64>(at + j * 8), bar, kept, keep);
  }
  for (; i < count; i++) bar = keepGreater(load<f64>(powers + i * 8), bar, kept, keep);
  return meanRoot(kept, keep);
}

/** Mean root of the `keep` least of `count` powers; `kept` has room for them. */
export function weakest(powers: usize, count: i32, keep: i32, kept: usize): f64 {
  for (let i = 0; i < keep; i++) store<f64>(kept + i * 8, Infinity);
  let bar: f64 = Infinity;
  let i = count;
  for (; i >= 4; i -= 4) {
    const at = powers + (i - 4) * 8;
    const bars = f64x2.splat(bar);
    const below = v128.or(f64x2.lt(v128.load(at), bars), f64x2.lt(v128.load(at, 16), bars));
    if (!v128.any_true(below)) continue;
    for (let j = 3; j >= 0; j--) bar = keepLess(load<f64>(at + j * 8), bar, kept, keep);
  }
  for (; i > 0; i--) bar = keepLess(load<f64>(powers + (i - 1) * 8), bar, kept, keep);
  return meanRoot(kept, keep);
}

/** Puts a value among those kept, the greatest first, if it is above the last of them; answers the last one. */
@inline
function keepGreater(value: f64, bar: f64, kept: usize, keep: i32): f64 {
  if (value <= bar) return bar;
  let place = kept + (keep - 1) * 8;
  for (; place > kept && load<f64>(place - 8) < value; place -= 8) store<f64>(place, load<f64>(place - 8));
  store<f64>(place, value);
  return load<f64>(kept + (keep - 1) * 8);
}

@inline
function keepLess(value: f64, bar: f64, kept: usize, keep: i32): f64 {
  if (value >= bar) return bar;
  let place = kept + (keep - 1) * 8;
  for (; place > kept && load<f64>(place - 8) > value; place -= 8) store<f64>(place, load<f64>(place - 8));
  store<f64>(place, value);
  return load<f64>(kept + (keep - 1) * 8);
}

@inline
function meanRoot(powers: usize, count: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < count; i++) sum += sqrt(load<f64>(powers + i * 8));
  return sum / count;
}

/**
 * `count` (a multiple of 4) filtered samples: the one at `k` is the sum of the products of `taps` (f32, their number a
 * multiple of 4) with the samples (f32) from `k * factor` on.
 */
export function filter(samples: usize, factor: i32, taps: usize, tapCount: i32, count: i32, output: usize): void {
  const step: usize = factor * 4;
  for (let k = 0; k < count; k += 4) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    let from = samples;
    for (let t = 0; t < tapCount; t += 4) {
      const tap = v128.load(taps + t * 4);
      a = f32x4.add(a, f32x4.mul(v128.load(from), tap));
      b = f32x4.add(b, f32x4.mul(v128.load(from + step), tap));
      c = f32x4.add(c, f32x4.mul(v128.load(from + 2 * step), tap));
      d = f32x4.add(d, f32x4.mul(v128.load(from + 3 * step), tap));
      from += 16;
    }
    // Sums across: pairs of lanes of two outputs at a time, then those of all four.
    const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 2, 6), v128.shuffle<f32>(a, b, 1, 5, 3, 7));
    const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 2, 6), v128.shuffle<f32>(c, d, 1, 5, 3, 7));
    v128.store(output, f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7)));
    samples += 4 * step;
    output += 16;
  }
}

/**
 * Adds `count` samples, each times `before + slope · place`, to those mixed already, and scales the sums by `gain`;
 * places count from `place` on. At `sums` are then the sums of the products of the two and of the squares of both, each in
 * two parts: even samples, odd samples.
 */
export function mix(
  mixed: usize,
  samples: usize,
  count: i32,
  gain: f64,
  before: f64,
  slope: f64,
  place: f64,
  sums: usize,
): void {
  const gains = f64x2.splat(gain);
  const starts = f64x2.splat(before);
  const slopes = f64x2.splat(slope);
  const two = f64x2.splat(2);
  let places = f64x2(place, place + 1);
  let products = f64x2.splat(0);
  let energies = f64x2.splat(0);
  let i = 0;
  for (; i + 2 <= count; i += 2) {
    const m = f64x2.promote_low_f32x4(v128.load64_zero(mixed));
    const x = f64x2.promote_low_f32x4(v128.load64_zero(samples));
    products = f64x2.add(products, f64x2.mul(m, x));
    energies = f64x2.add(energies, f64x2.add(f64x2.mul(m, m), f64x2.mul(x, x)));
    const factors = f64x2.add(starts, f64x2.mul(slopes, places));
    const sum = f64x2.mul(gains, f64x2.add(m, f64x2.mul(factors, x)));
    v128.store64_lane(mixed, f32x4.demote_f64x2_zero(sum), 0);
    places = f64x2.add(places, two);
    mixed += 8;
    samples += 8;
  }
  v128.store(sums, products);
  v128.store(sums, energies, 16);
  if (i === count) return;
  const m: f64 = load<f32>(mixed);
  const x: f64 = load<f32>(samples);
  store<f64>(sums, load<f64>(sums) + m * x);
  store<f64>(sums, load<f64>(sums, 16) + (m * m + x * x), 16);
  store<f32>(mixed, <f32>(gain * (m + (before + slope * (place + i)) * x)));
}

/** How many of `count` samples are above 0 where the one before is not, or the other way round. */
export function crossings(samples: usize, count: i32): i32 {
  const zero = f32x4.splat(0);
  let changes = i32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const now = f32x4.gt(v128.load(samples), zero);
    const before = f32x4.gt(v128.load(samples - 4), zero);
    // All ones are −1.
    changes = i32x4.sub(changes, v128.xor(now, before));
    samples += 16;
  }
  let sum = i32x4.extract_lane(changes, 0) + i32x4.extract_lane(changes, 1);
  sum += i32x4.extract_lane(changes, 2) + i32x4.extract_lane(changes, 3);
  for (; i < count; i++) {
    if (load<f32>(samples) > 0 !== load<f32>(samples - 4) > 0) sum++;
    samples += 4;
  }
  return sum;
}
