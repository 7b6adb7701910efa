/** Laws that every measurement must keep, whatever the sound: over the whole pass, with made-up cases. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AnalysisPass, type PassResult } from "../../src/analysis/analyze";
import { KEY_NAMES } from "../../src/shared/analysis";
import { clickTrack } from "../fixtures/sound/clicks";
import { pinkNoise, speechLikeNoise, whiteNoise } from "../fixtures/sound/noise";
import { cadence, silence, sine } from "../fixtures/sound/tones";
import { largestDifference } from "./differences";
import { dishonestyOf } from "./honesty";
import { listen } from "./listen";
import { resample } from "./resample";
import { isTempoOrOctave } from "./scores";

const SAMPLE_RATE = 22050;
/** The same cases each time; PLAYLISTA_SEED tries others. */
fc.configureGlobal({ seed: Number(process.env["PLAYLISTA_SEED"] ?? 1) });
const RUNS = { numRuns: 5 };
const NEEDS_LONGER = ["rhythm.downbeats", "rhythm.stability"];

interface Music {
  tonic: number;
  mode: "major" | "minor";
  /** BPM. */
  tempo: number;
  sampleRate?: number;
}

/** Chords with a beat: something for every measurement. */
function music({ tonic, mode, tempo, sampleRate = SAMPLE_RATE }: Music): Float32Array {
  const chords = cadence({ tonic, mode, sampleRate });
  const seconds = chords.length / sampleRate;
  const beat = clickTrack({ tempo, seconds, sampleRate, sound: "noise", offset: 0 });
  return beat.map((sample, i) => 0.5 * sample + (chords[i] ?? 0));
}

/** Something else in each channel. */
function stereo(of: Music): Float32Array[] {
  const left = music(of);
  const noise = pinkNoise({ seconds: left.length / SAMPLE_RATE, sampleRate: SAMPLE_RATE, rms: 0.01 });
  return [left, left.map((sample, i) => 0.7 * sample + (noise[i] ?? 0))];
}

/** Every digit of every value; v8's own bytes would tell how a number happens to lie in memory. */
function bytesOf(result: unknown): string {
  return JSON.stringify(result, (_, value: unknown) =>
    ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64")
      : value,
  );
}

function hear(channels: readonly Float32Array[], sampleRate = SAMPLE_RATE): PassResult {
  const result = listen(channels, sampleRate);
  expect(dishonestyOf(result)).toEqual([]);
  return result;
}

/** With silence before and behind, in seconds. */
function between(before: number, samples: Float32Array, after: number): Float32Array {
  const first = Math.round(before * SAMPLE_RATE);
  const padded = new Float32Array(first + samples.length + Math.round(after * SAMPLE_RATE));
  padded.set(samples, first);
  return padded;
}

const seconds = fc.double({ min: 0.5, max: 8, noNaN: true });
const anyMusic = fc.record({
  tonic: fc.integer({ min: 0, max: 11 }),
  mode: fc.constantFrom("major" as const, "minor" as const),
  tempo: fc.integer({ min: 80, max: 140 }),
});

describe("whatever the music", () => {
  it("any cutting into blocks gives the same bytes", () => {
    const channels = stereo({ tonic: 2, mode: "minor", tempo: 110 });
    const length = channels[0]?.length ?? 0;
    const whole = bytesOf(hear(channels));
    const inBlocks = (lengths: readonly number[]): string => {
      const pass = new AnalysisPass({ sampleRate: SAMPLE_RATE, channels: 2 });
      for (let from = 0, i = 0; from < length; i++) {
        const end = Math.min(length, from + (lengths[i % lengths.length] ?? length));
        pass.push(
          channels.map((samples) => samples.subarray(from, end)),
          end - from,
        );
        from = end;
      }
      return bytesOf(pass.finish());
    };
    const blocks = fc.oneof(
      fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 20 }),
      fc.constantFrom([1], [7, 1, 64], [576], [1152], [4096], [65_536]),
    );
    fc.assert(
      fc.property(blocks, (lengths) => inBlocks(lengths) === whole),
      { numRuns: 12, examples: [[[1]], [[1152]]] },
    );
  });

  it("two runs give the same bytes", () => {
    const channels = stereo({ tonic: 9, mode: "major", tempo: 97 });
    expect(bytesOf(hear(channels))).toBe(bytesOf(hear(channels)));
  });

  it("gain moves loudness by exactly itself, and no tempo and no key", () => {
    const gains = fc.double({ min: -30, max: 6, noNaN: true });
    fc.assert(
      fc.property(anyMusic, gains, (of, gain) => {
        const samples = music(of);
        const before = hear([samples]);
        const after = hear([samples.map((sample) => sample * 10 ** (gain / 20))]);
        const moved = (after.loudness.integrated ?? NaN) - (before.loudness.integrated ?? NaN);
        expect(moved).toBeCloseTo(gain, 4);
        expect(after.rhythm.tempo).toBeCloseTo(before.rhythm.tempo ?? NaN, 1);
        expect(after.tonal).toMatchObject({ key: before.tonal.key, mode: before.tonal.mode });
      }),
      RUNS,
    );
  });

  it("transposing by resampling turns the key round", () => {
    const steps = fc.integer({ min: -5, max: 6 });
    fc.assert(
      fc.property(anyMusic, steps, (of, semitones) => {
        const factor = 2 ** (semitones / 12);
        const { tonal } = hear([resample(music(of), factor)]);
        const key = KEY_NAMES[(of.tonic + semitones + 12) % 12];
        expect(tonal).toMatchObject({ key, mode: of.mode });
      }),
      RUNS,
    );
  });

  it("swapping the channels changes nothing that is not stereo", () => {
    fc.assert(
      fc.property(anyMusic, (of) => {
        const [left, right] = stereo(of) as [Float32Array, Float32Array];
        const { stereo: before, ...rest } = hear([left, right]);
        const { stereo: after, ...swapped } = hear([right, left]);
        // Sums over the channels are taken in another order.
        const { path, relative } = largestDifference(swapped, rest);
        expect(relative, path).toBeLessThan(1e-12);
        expect(after.correlation).toBeCloseTo(before.correlation ?? NaN, 12);
      }),
      RUNS,
    );
  });

  it("padding with silence changes no loudness, peak or key", () => {
    fc.assert(
      fc.property(anyMusic, seconds, seconds, (of, before, after) => {
        const samples = music(of);
        const alone = hear([samples]);
        const padded = hear([between(before, samples, after)]);
        const { integrated } = alone.loudness;
        // Windows over the edges hold a part of the music, and count.
        expect(Math.abs((padded.loudness.integrated ?? NaN) - (integrated ?? NaN))).toBeLessThan(0.1);
        expect(padded.loudness.samplePeak).toBe(alone.loudness.samplePeak);
        expect(padded.loudness.truePeak).toBeCloseTo(alone.loudness.truePeak ?? NaN, 6);
        expect(padded.tonal).toMatchObject({ key: alone.tonal.key, mode: alone.tonal.mode });
      }),
      RUNS,
    );
  });
});

describe("whatever the beat", () => {
  it("padding with silence changes no tempo", () => {
    fc.assert(
      fc.property(fc.integer({ min: 70, max: 200 }), seconds, seconds, (tempo, before, after) => {
        const clicks = clickTrack({ tempo, seconds: 12, sampleRate: SAMPLE_RATE, sound: "kick" });
        const alone = hear([clicks]).rhythm.tempo ?? NaN;
        const padded = hear([between(before, clicks, after)]).rhythm.tempo ?? NaN;
        expect(Math.abs(padded / alone - 1)).toBeLessThan(0.01);
      }),
      RUNS,
    );
  });
});

describe("whatever the format", () => {
  it.each([8000, 11025, 16000, 32000, 48000, 96000, 192000])("%i Hz is measured whole", (sampleRate) => {
    const samples = music({ tonic: 7, mode: "major", tempo: 120, sampleRate });
    const { missing, rhythm, tonal } = hear([samples, samples], sampleRate);
    // Eight seconds are too few for these.
    const others = Object.keys(missing).filter((path) => !NEEDS_LONGER.includes(path));
    expect(others).toEqual([]);
    // Chords change once a second: half of the clicks' tempo is right too.
    expect(isTempoOrOctave(rhythm.tempo, 120), String(rhythm.tempo)).toBe(true);
    expect(tonal).toMatchObject({ key: "G", mode: "major" });
  });

  it.each([1, 3, 6, 8])("%i channels of the same have its tempo and key", (count) => {
    const samples = music({ tonic: 4, mode: "minor", tempo: 120 });
    const { rhythm, tonal } = hear(Array.from({ length: count }, () => samples));
    expect(isTempoOrOctave(rhythm.tempo, 120), String(rhythm.tempo)).toBe(true);
    expect(rhythm.tempo).toBeCloseTo(hear([samples]).rhythm.tempo ?? NaN, 2);
    expect(tonal).toMatchObject({ key: "E", mode: "minor" });
  });
});

describe("what can't be measured has its reason", () => {
  it("a fifth of a second is too short for all that needs time", () => {
    const { missing } = hear(
      [sine({ seconds: 0.2, sampleRate: 44100, frequency: 440, amplitude: 0.5 })],
      44100,
    );
    expect(missing).toMatchObject({
      "loudness.integrated": "tooShort",
      "rhythm.tempo": "tooShort",
      "tonal.key": "tooShort",
    });
  });

  it("a single sample is heard without a made-up value", () => {
    hear([Float32Array.of(0.5)]);
    hear([Float32Array.of(0)]);
  });

  it.each([0.05, 12])("%d seconds of silence are silence", (seconds) => {
    const { missing } = hear([silence(seconds, SAMPLE_RATE), silence(seconds, SAMPLE_RATE)]);
    expect(missing).toMatchObject({
      "loudness.integrated": expect.stringMatching(/silence|tooShort/) as string,
      "loudness.samplePeak": "silence",
      "rhythm.tempo": expect.stringMatching(/silence|tooShort/) as string,
      "tonal.key": expect.stringMatching(/silence|tooShort/) as string,
    });
  });

  const noises = { seconds: 15, sampleRate: SAMPLE_RATE, rms: 0.1 };
  it.each([
    ["white noise", whiteNoise],
    ["pink noise", pinkNoise],
    ["noise that starts and stops like speech", speechLikeNoise],
  ])("%s has neither beat nor key", (_name, noise) => {
    for (const seed of [1, 2, 3]) {
      const { missing, loudness } = hear([noise({ ...noises, seed })]);
      expect(missing).toMatchObject({ "rhythm.tempo": "noBeat", "tonal.key": "notTonal" });
      expect(loudness.integrated).not.toBeNull();
    }
  });

  it("a steady tone has no beat", () => {
    const tone = sine({ seconds: 15, sampleRate: SAMPLE_RATE, frequency: 1000, amplitude: 0.5 });
    expect(hear([tone]).missing["rhythm.tempo"]).toBe("noBeat");
  });

  it("clicks have no key", () => {
    const clicks = clickTrack({ tempo: 120, seconds: 15, sampleRate: SAMPLE_RATE, sound: "noise" });
    expect(hear([clicks]).missing["tonal.key"]).toBe("notTonal");
  });

  it("samples of any value at all, NaN and infinite ones too, give only numbers", () => {
    const lengths = fc.integer({ min: 0, max: 30_000 });
    const values = fc.array(fc.float(), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(lengths, values, (length, some) => {
        const samples = Float32Array.from({ length }, (_, i) => some[i % some.length] ?? 0);
        hear([samples]);
      }),
      { numRuns: 20 },
    );
  });
});
