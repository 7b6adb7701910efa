/**
 * Mean and deviation over all audible frames of what describes a spectrum. Frames below −60 dBFS are left out:
 * the shape of a noise floor says nothing of the music.
 */
import type { MeanAndStd, SpectralResult } from "../../shared/analysis";
import { Moments } from "../dsp/Moments";
import type { Spectrum } from "../dsp/SpectrumStream";
import { nothingOf, type Extracted } from "../Extracted";
import { OctaveContrast } from "./OctaveContrast";
import { centroidAndBandwidth, flatness, flux, rolloff } from "./shape";

const SHAPE = ["centroid", "bandwidth", "rolloff85", "flatness", "zeroCrossingRate"] as const;

export interface SpectralOptions {
  /** Hz from bin to bin, and how many bins a spectrum has. */
  binHz: number;
  bins: number;
}

export class SpectralExtractor {
  readonly #contrast: OctaveContrast;
  readonly #shape = new Moments(SHAPE.length);
  readonly #flux = new Moments(1);
  readonly #contrasts: Moments;
  readonly #values = new Float64Array(SHAPE.length);
  #frames = 0;
  #centroid: number | null = null;

  constructor({ binHz, bins }: SpectralOptions) {
    this.#contrast = new OctaveContrast(binHz, bins);
    this.#contrasts = new Moments(this.#contrast.values.length);
  }

  /** Hz, of the last frame; null when it is silent. */
  get centroid(): number | null {
    return this.#centroid;
  }

  push(spectrum: Spectrum): void {
    this.#frames++;
    this.#centroid = null;
    if (!spectrum.isAudible) return;
    const { centroid, bandwidth } = centroidAndBandwidth(spectrum);
    this.#centroid = centroid;
    const values = this.#values;
    values[0] = centroid;
    values[1] = bandwidth;
    values[2] = rolloff(spectrum);
    values[3] = flatness(spectrum);
    values[4] = spectrum.zeroCrossingRate;
    this.#shape.push(values);
    this.#contrast.measure(spectrum);
    this.#contrasts.push(this.#contrast.values);
    if (spectrum.followsAudible) this.#flux.push([flux(spectrum)]);
  }

  finish(): Extracted<SpectralResult> {
    if (this.#shape.count === 0) return nothingOf("spectral", this.#frames === 0 ? "tooShort" : "silence");
    const shape = this.#shape.results();
    const at = (name: (typeof SHAPE)[number]): MeanAndStd | null => shape[SHAPE.indexOf(name)] ?? null;
    const flux = this.#flux.count > 0 ? (this.#flux.results()[0] ?? null) : null;
    const values = {
      centroid: at("centroid"),
      bandwidth: at("bandwidth"),
      rolloff85: at("rolloff85"),
      flatness: at("flatness"),
      flux,
      contrast: this.#contrasts.results(),
      zeroCrossingRate: at("zeroCrossingRate"),
    };
    return { values, missing: flux ? {} : { flux: "tooShort" } };
  }
}
