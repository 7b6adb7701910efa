/** Frame by frame, our spectrum and timbre are essentia.js' own (docs/accuracy.md lists what differs, and why). */
import { beforeAll, describe, expect, it } from "vitest";
import { SpectrumStream } from "../../../../src/analysis/dsp/SpectrumStream";
import { SpectralExtractor } from "../../../../src/analysis/spectral/SpectralExtractor";
import { TimbreExtractor } from "../../../../src/analysis/timbre/TimbreExtractor";
import { pinkNoise } from "../../../fixtures/sound/noise";
import { cadence } from "../../../fixtures/sound/tones";
import { essentiaFrames, type EssentiaFrame } from "./essentiaFrames";

const SAMPLE_RATE = 44100;
/** A crossing more or less: where samples are exactly zero. */
const ONE_CROSSING = SAMPLE_RATE / 2048;

/** Chords that sink into noise. */
function sound(): Float32Array {
  const noise = pinkNoise({ seconds: 3, sampleRate: SAMPLE_RATE, rms: 0.1 });
  const chords = cadence({ tonic: 2, mode: "major", sampleRate: SAMPLE_RATE });
  return noise.map((sample, i) => (sample * i) / noise.length + (chords[i] ?? 0));
}

/** Each frame as if it were the whole file. */
function ourFrames(samples: Float32Array) {
  const stream = new SpectrumStream(SAMPLE_RATE);
  const frames: ReturnType<typeof oneFrame>[] = [];
  const oneFrame = (spectrum: Parameters<SpectralExtractor["push"]>[0]) => {
    const spectral = new SpectralExtractor(stream);
    const timbre = new TimbreExtractor(stream);
    spectral.push(spectrum);
    timbre.push(spectrum);
    return { ...spectral.finish().values, ...timbre.finish().values };
  };
  stream.push(samples, (spectrum) => frames.push(oneFrame(spectrum)));
  return frames;
}

describe("beside essentia.js", () => {
  let ours: ReturnType<typeof ourFrames>;
  let theirs: EssentiaFrame[];
  beforeAll(async () => {
    const samples = sound();
    ours = ourFrames(samples);
    theirs = await essentiaFrames(samples);
  });

  const each = (check: (our: (typeof ours)[number], their: EssentiaFrame) => void) => {
    expect(ours).toHaveLength(theirs.length);
    for (const [i, their] of theirs.entries()) {
      const our = ours[i];
      if (our) check(our, their);
    }
  };

  it("the 13 MFCC are the same to 0.001", () => {
    each((our, { mfcc }) => {
      for (const [c, value] of mfcc.entries()) {
        expect(Math.abs((our.mfccMean?.[c] ?? NaN) - value)).toBeLessThan(1e-3);
      }
    });
  });

  it("centroid and roll-off are the same to 0.1 Hz", () => {
    each((our, their) => {
      expect(Math.abs((our.centroid?.mean ?? NaN) - their.centroid)).toBeLessThan(0.1);
      expect(Math.abs((our.rolloff85?.mean ?? NaN) - their.rolloff)).toBeLessThan(0.1);
    });
  });

  it("flatness is the same to one in 100 000", () => {
    each((our, their) => {
      expect(Math.abs((our.flatness?.mean ?? NaN) - their.flatness)).toBeLessThan(1e-5);
    });
  });

  it("zero crossings are the same but for samples that are exactly zero", () => {
    each((our, their) => {
      const difference = Math.abs((our.zeroCrossingRate?.mean ?? NaN) - their.zeroCrossingRate);
      expect(difference).toBeLessThan(1.01 * ONE_CROSSING);
    });
  });
});
