/** essentia.js' own values, by the real essentia.js: what it says of a whole file, window by window, or why not. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, it } from "vitest";
import type { EssentiaResult } from "../../../../src/shared/analysis";
import type { Extracted } from "../../../../src/analysis/Extracted";
import { EssentiaExtractor } from "../../../../src/worker/essentia/EssentiaExtractor";
import { loadEssentia } from "../../../../src/worker/essentia/loadEssentia";
import { clickTrack } from "../../../fixtures/sound/clicks";
import { whiteNoise } from "../../../fixtures/sound/noise";
import { cadence, silence, sine } from "../../../fixtures/sound/tones";

const RATE = 44100;
let module: WebAssembly.Module;

beforeAll(async () => {
  const file = createRequire(import.meta.url).resolve("essentia.js/dist/essentia-wasm.web.wasm");
  module = await WebAssembly.compile(await readFile(file));
});

interface Sound {
  channels: readonly Float32Array[];
  sampleRate?: number;
  compile?: () => Promise<WebAssembly.Module>;
  pause?: () => Promise<void>;
  windowSeconds?: number;
}

async function listen({
  channels,
  sampleRate = RATE,
  compile = () => Promise.resolve(module),
  pause = () => Promise.resolve(),
  windowSeconds = 180,
}: Sound): Promise<Extracted<EssentiaResult>> {
  const extractor = new EssentiaExtractor({
    sampleRate,
    channels: channels.length,
    compile,
    pause,
    windowSeconds,
  });
  const length = channels[0]?.length ?? 0;
  for (let at = 0; at < length; at += 10_000) {
    const block = channels.map((samples) => samples.subarray(at, at + 10_000));
    await extractor.push(block, block[0]?.length ?? 0);
  }
  return extractor.finish();
}

/** A cadence in A minor over clicks at 120 BPM, about −20 dBFS. */
function music(sampleRate = RATE, seconds = 6): Float32Array {
  const chords = cadence({ tonic: 9, mode: "minor", sampleRate });
  const clicks = clickTrack({ tempo: 120, seconds, sampleRate });
  return clicks.map((click, i) => 0.3 * click + 0.5 * (chords[i % chords.length] ?? 0));
}

const reasons = ({ missing }: Extracted<EssentiaResult>): string[] => [...new Set(Object.values(missing))];

describe("EssentiaExtractor", { timeout: 120_000 }, () => {
  it("hears tempo, key and all else of plain music, at another sample rate too", async () => {
    const sound = music(48000);
    const { values, missing } = await listen({ channels: [sound, sound], sampleRate: 48000 });
    expect(missing).toEqual({});
    expect(Math.abs((values.tempo ?? 0) - 120)).toBeLessThan(2);
    expect(values).toMatchObject({ key: "A", mode: "minor" });
    expect(values.mfcc).toHaveLength(13);
  });

  it("gives what essentia.js gives for the whole of a short file, to the last bit", async () => {
    const left = music();
    const right = whiteNoise({ seconds: left.length / RATE, sampleRate: RATE, rms: 0.05 });
    const mono = left.map((sample, i) => (sample + (right[i] ?? 0)) / 2);
    const essentia = await loadEssentia(module);
    const algorithms = new essentia.EssentiaJS(false);
    const vector = (samples: Float32Array) => essentia.arrayToVector(samples);
    const { values } = await listen({ channels: [left, right] });
    expect(values.danceability).toBe(
      algorithms.Danceability(vector(mono), 8800, 310, RATE, 1.1).danceability,
    );
    expect(values.tempo).toBe(algorithms.RhythmExtractor2013(vector(mono), 208, "multifeature", 40).bpm);
    const loudness = algorithms.LoudnessEBUR128(vector(left), vector(right), 0.1, RATE, false);
    expect([values.loudness, values.loudnessRange]).toEqual([
      loudness.integratedLoudness,
      loudness.loudnessRange,
    ]);
  });

  it("reads one channel as one, and lets no NaN through, which essentia.js would hang on", async () => {
    const tone = sine({ seconds: 5.5, sampleRate: RATE, frequency: 1000, amplitude: 0.5 });
    tone[1000] = NaN;
    tone[2000] = Infinity;
    const { values, missing } = await listen({ channels: [tone] });
    expect(missing).toEqual({});
    // A full-scale sine of 1 kHz in one channel reads −3.01 LUFS.
    expect(values.loudness).toBeCloseTo(-3.01 - 6.02, 1);
  });

  it("says silence of silence and tooShort of the short, never a value", async () => {
    const quiet = silence(6, RATE);
    const none = await listen({ channels: [quiet, quiet] });
    expect(reasons(none)).toEqual(["silence"]);
    expect(Object.values(none.values).every((value) => value === null)).toBe(true);
    const short = await listen({ channels: [music().subarray(0, 4 * RATE)] });
    expect(reasons(short)).toEqual(["tooShort"]);
    expect(Object.keys(short.missing)).toEqual(Object.keys(short.values));
  });

  it("has a loudness where opposite channels leave nothing to mix", async () => {
    const left = music();
    const { values, missing } = await listen({ channels: [left, left.map((sample) => -sample)] });
    expect(values.loudness).toBeLessThan(-10);
    expect(missing).toMatchObject({ tempo: "silence", key: "silence", mfcc: "silence" });
  });

  it("mixes more than two channels, but reads no loudness of them", async () => {
    const sound = music();
    const { values, missing } = await listen({ channels: [sound, sound, sound] });
    expect(values.key).toBe("A");
    expect(missing).toEqual({ loudness: "tooManyChannels", loudnessRange: "tooManyChannels" });
  });

  it("hears a long file window by window, and leaves out what is over and too short", async () => {
    const sound = music();
    const long = new Float32Array(3 * sound.length - 2 * RATE);
    long.set(sound, sound.length);
    long.fill(0.5, 2 * sound.length);
    const seconds = sound.length / RATE;
    expect(await listen({ channels: [long], windowSeconds: seconds })).toEqual(
      await listen({ channels: [sound] }),
    );
  });

  it("has no values and a reason where essentia.js can't be started", async () => {
    const compile = () => Promise.reject(new Error("no memory"));
    const { values, missing } = await listen({ channels: [music()], compile });
    expect(Object.values(values).every((value) => value === null)).toBe(true);
    expect(new Set(Object.values(missing))).toEqual(new Set(["essentiaFailed"]));
  });

  it("stops between two algorithms when it is told to", async () => {
    let pauses = 0;
    const pause = () => (++pauses === 2 ? Promise.reject(new Error("cancelled")) : Promise.resolve());
    await expect(listen({ channels: [music()], pause })).rejects.toThrow("cancelled");
    expect(pauses).toBe(2);
  });
});
