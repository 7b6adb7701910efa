/**
 * How loud, how bright and in which harmony the piece is, second by second. Brightness is gathered here frame by
 * frame; loudness and chroma come from their own measurements at the end. In files of more than an hour segments
 * are longer, so that there are never more than 3600.
 */
import type { SegmentsResult } from "../../shared/analysis";
import { SILENT, type LoudnessCurve } from "../../shared/view";
import { FrameSeries } from "../dsp/FrameSeries";
import { CLASSES } from "../tonal/chroma";

const MOST_SEGMENTS = 3600;
/** Momentary loudness looks back over this many steps of its curve. */
const WINDOW_SECONDS = 0.4;

export interface SegmentsOptions {
  /** Hz, of the samples that spectra are taken of, and samples from one to the next. */
  sampleRate: number;
  hop: number;
}

export interface SegmentsSources {
  /** Seconds of the whole file. */
  duration: number;
  loudness: LoudnessCurve;
  /** Twelve values a second. */
  chroma: Float32Array;
}

export class SegmentsExtractor {
  readonly #framesPerSecond: number;
  /** Of each second that is over: Hz, or NaN for silence. */
  readonly #centroids = new FrameSeries();
  #frames = 0;
  #second = 0;
  #sum = 0;
  #count = 0;

  constructor({ sampleRate, hop }: SegmentsOptions) {
    this.#framesPerSecond = sampleRate / hop;
  }

  /** Takes the centroid (Hz; null for silence) of the next frame. */
  push(centroid: number | null): void {
    // Frames overlap by half: the middle of frame i lies at i + 1 hops.
    this.#frames++;
    const second = Math.floor(this.#frames / this.#framesPerSecond);
    while (this.#second < second) this.#closeSecond();
    if (centroid === null) return;
    this.#sum += centroid;
    this.#count++;
  }

  finish({ duration, loudness, chroma }: SegmentsSources): SegmentsResult {
    this.#closeSecond();
    const seconds = Math.ceil(duration);
    const step = Math.max(1, Math.ceil(seconds / MOST_SEGMENTS));
    const result: SegmentsResult = { step, loudness: [], centroid: [], chroma: [] };
    const centroids = this.#centroids.values();
    for (let from = 0; from < seconds; from += step) {
      result.loudness.push(loudnessBetween(loudness, from, from + step));
      result.centroid.push(meanOf(centroids.subarray(from, from + step)));
      result.chroma.push(chromaOf(chroma.subarray(from * CLASSES, (from + step) * CLASSES)));
    }
    return result;
  }

  #closeSecond(): void {
    this.#centroids.push(this.#count > 0 ? this.#sum / this.#count : NaN);
    this.#second++;
    this.#sum = 0;
    this.#count = 0;
  }
}

/** LUFS: the mean power of the momentary windows that lie between two times; null when all are silent. */
function loudnessBetween({ momentary, step }: LoudnessCurve, from: number, to: number): number | null {
  const first = Math.round((from + WINDOW_SECONDS) / step) - 1;
  const last = Math.min(momentary.length, Math.round(to / step));
  let power = 0;
  for (let i = first; i < last; i++) {
    const value = momentary[i] ?? SILENT;
    if (value !== SILENT) power += 10 ** (value / 1000);
  }
  return power > 0 ? 10 * Math.log10(power / (last - first)) : null;
}

/** Mean of what is a number; null when nothing is. */
function meanOf(values: Float32Array): number | null {
  const numbers = values.filter((value) => !Number.isNaN(value));
  if (numbers.length === 0) return null;
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

/** The sum over some seconds, its strongest class scaled to 1; null where there is no tone. */
function chromaOf(seconds: Float32Array): number[] | null {
  const classes = Array.from({ length: CLASSES }, (_, c) => {
    let sum = 0;
    for (let i = c; i < seconds.length; i += CLASSES) sum += seconds[i] as number;
    return sum;
  });
  const most = Math.max(...classes);
  return most > 0 ? classes.map((sum) => sum / most) : null;
}
