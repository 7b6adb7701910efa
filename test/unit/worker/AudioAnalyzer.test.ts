import { appendFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { examplePath, fixturePath } from "../../fixtures/paths";
import { whiteNoise } from "../../fixtures/sound/noise";
import { cadence } from "../../fixtures/sound/tones";
import { wavBytes } from "../../fixtures/sound/wavBytes";
import type { KeyDetector } from "../../../src/analysis/analyze";
import { DEFAULT_LIMITS, type AnalysisLimits } from "../../../src/shared/limits";
import { currentVersions, nothingMeasured } from "../../../src/shared/measurements";
import { decodeView } from "../../../src/shared/viewFile";
import { AudioAnalyzer } from "../../../src/worker/AudioAnalyzer";
import { EssentiaBroken } from "../../../src/worker/essentia/EssentiaBroken";
import { temporaryPath } from "./decodeBytes";

const alwaysAMinor: KeyDetector = () => ({ key: "A", mode: "minor", strength: 0.8 });

const compileEssentia = async (): Promise<WebAssembly.Module> => {
  const file = createRequire(import.meta.url).resolve("essentia.js/dist/essentia-wasm.web.wasm");
  return WebAssembly.compile(await readFile(file));
};

function analyzerWith(...detectors: KeyDetector[]): AudioAnalyzer {
  return new AudioAnalyzer({
    createKeyDetector: () => Promise.resolve(detectors.shift() ?? alwaysAMinor),
    compileEssentia,
    appVersion: "1.2.3",
    workerId: 7,
  });
}

/** `seconds` of noise at −20 dB, mono at 22.05 kHz. */
function noiseWav(seconds: number): Uint8Array {
  return wavBytes([whiteNoise({ seconds, sampleRate: 22050, rms: 0.1 })], 22050);
}

async function fileOf(bytes: Uint8Array, name = "sound.wav"): Promise<string> {
  const path = await temporaryPath(name);
  await writeFile(path, bytes);
  return path;
}

/** Something to ask for its key. */
const TONAL_WAV = wavBytes([cadence({ tonic: 9, mode: "minor", sampleRate: 22050 })], 22050);

const job = (path: string, limits: Partial<AnalysisLimits> = {}) => ({
  path,
  limits: { ...DEFAULT_LIMITS, ...limits },
  essentia: false,
});

describe("AudioAnalyzer", () => {
  it("gives a whole Analysis of a real file", async () => {
    const path = examplePath("Jazz and Ragtime/Joplin - The Entertainer.ogg");
    const { analysis, waveform } = await analyzerWith().analyze(job(path));
    expect(analysis).toMatchObject({
      path,
      state: "analyzed",
      warnings: [],
      format: { container: "Ogg", codec: "Vorbis", duration: 27, samples: 1190700 },
      tags: { title: "The Entertainer (first strain)", artist: "Scott Joplin" },
      tonal: { key: "A", mode: "minor", camelot: "8A" },
      missing: {},
      versions: { app: "1.2.3", schema: 1, measurements: currentVersions() },
      timing: { workerId: 7 },
    });
    expect(analysis.error).toBeUndefined();
    expect(analysis.loudness?.integrated).toBeCloseTo(-15.9, 0);
    expect(analysis.format?.bitrate).toBeGreaterThan(60_000);
    expect(analysis.file?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(new Date(analysis.timing.analyzedAt).toISOString()).toBe(analysis.timing.analyzedAt);
    expect(waveform && decodeView(waveform)?.waveform).toMatchObject({ sampleRate: 44100, samples: 1190700 });
  });

  it("leaves the file as it was", async () => {
    const bytes = noiseWav(0.5);
    const path = await fileOf(bytes);
    await analyzerWith().analyze(job(path));
    expect(new Uint8Array(await readFile(path))).toEqual(bytes);
  });

  it("warns with the share that could be decoded when a file ends early", async () => {
    const bytes = noiseWav(1);
    const { analysis } = await analyzerWith().analyze(job(await fileOf(bytes.subarray(0, bytes.length / 4))));
    expect(analysis.state).toBe("analyzed");
    expect(analysis.warnings).toHaveLength(1);
    expect(analysis.warnings[0]).toMatchObject({ code: "truncated" });
    expect(analysis.warnings[0]?.decodedShare).toBeCloseTo(0.25, 2);
  });

  it("warns with the places when a file is damaged", async () => {
    const { analysis } = await analyzerWith().analyze(job(fixturePath("zeroed-mp3.mp3")));
    expect(analysis.warnings).toMatchObject([{ code: "damaged", places: [expect.closeTo(0.73, 1)] }]);
  });

  it("fails in all groups but those that are known", async () => {
    const path = await fileOf(Buffer.from("Dear diary, today I made no music. ".repeat(20)), "song.mp3");
    const { analysis, waveform } = await analyzerWith().analyze(job(path));
    expect(analysis).toMatchObject({
      state: "failed",
      error: { code: "notAudio", attempts: 1 },
      format: null,
      ...nothingMeasured(),
      missing: {},
    });
    expect(analysis.file?.size).toBe(700);
    expect(waveform).toBeNull();
  });

  it("knows nothing of a file that is not there", async () => {
    const { analysis } = await analyzerWith().analyze(job(await temporaryPath("gone.wav")));
    expect(analysis).toMatchObject({ state: "failed", error: { code: "notFound" }, file: null, tags: null });
  });

  it("refuses a file beyond the limit without reading it", async () => {
    const path = await fileOf(noiseWav(1));
    const { analysis } = await analyzerWith().analyze(job(path, { maxFileSizeMB: 0.01 }));
    expect(analysis).toMatchObject({ state: "failed", error: { code: "tooLarge" }, file: { sha256: null } });
    expect((await analyzerWith().analyze(job(path, { maxFileSizeMB: 0.1 }))).analysis.state).toBe("analyzed");
  });

  it("names the limit as it stands in the settings, in millions of bytes", async () => {
    const path = await fileOf(new Uint8Array(2_500_000));
    const { analysis } = await analyzerWith().analyze(job(path, { maxFileSizeMB: 2 }));
    expect(analysis.error?.message).toContain("The file has 3 MB, more than the limit of 2 MB.");
  });

  it("warns when the file changes while it is read", async () => {
    const path = await fileOf(noiseWav(10));
    let isFirst = true;
    const signal = {
      get aborted() {
        if (isFirst) appendFileSync(path, "more");
        isFirst = false;
        return false;
      },
    };
    const { analysis } = await analyzerWith().analyze(job(path), { signal });
    expect(analysis).toMatchObject({ state: "analyzed", warnings: [{ code: "changedWhileRead" }] });
  });

  it("stops between blocks when it is cancelled", async () => {
    const { analysis, waveform } = await analyzerWith().analyze(job(await fileOf(noiseWav(5))), {
      signal: { aborted: true },
    });
    expect(analysis).toMatchObject({ state: "cancelled", loudness: null });
    expect(analysis.error).toBeUndefined();
    expect(waveform).toBeNull();
  });

  it("measures again with a new instance when essentia.js broke", async () => {
    const broken: KeyDetector = () => {
      throw new EssentiaBroken("out of memory");
    };
    const path = await fileOf(TONAL_WAV);
    const { analysis } = await analyzerWith(broken).analyze(job(path));
    expect(analysis).toMatchObject({ state: "analyzed", tonal: { key: "A" } });
  });

  it("fails the file when essentia.js breaks twice, and is as new for the next", async () => {
    const broken: KeyDetector = () => {
      throw new EssentiaBroken("out of memory");
    };
    const analyzer = analyzerWith(broken, broken);
    const path = await fileOf(TONAL_WAV);
    expect((await analyzer.analyze(job(path))).analysis.error?.code).toBe("crashedAnalyzer");
    expect((await analyzer.analyze(job(path))).analysis.state).toBe("analyzed");
  });

  it("analyses the next file after essentia.js could not start at the first", async () => {
    let starts = 0;
    const analyzer = new AudioAnalyzer({
      createKeyDetector: () =>
        ++starts === 1 ? Promise.reject(new RangeError("no memory")) : Promise.resolve(alwaysAMinor),
      compileEssentia,
      appVersion: "1.2.3",
      workerId: 7,
    });
    const path = await fileOf(TONAL_WAV);
    await expect(analyzer.analyze(job(path))).rejects.toThrow("no memory");
    expect((await analyzer.analyze(job(path))).analysis).toMatchObject({ tonal: { key: "A" } });
    expect(starts).toBe(2);
  });

  it("lets a bug through as an exception", async () => {
    const buggy: KeyDetector = () => {
      throw new TypeError("undefined is not a function");
    };
    const path = await fileOf(TONAL_WAV);
    await expect(analyzerWith(buggy).analyze(job(path))).rejects.toThrow(TypeError);
  });
});
