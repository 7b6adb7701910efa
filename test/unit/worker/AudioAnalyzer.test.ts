import { appendFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { afterEach, describe, expect, it, vi } from "vitest";
import { examplePath, fixturePath } from "../../fixtures/paths";
import { whiteNoise } from "../../fixtures/sound/noise";
import { cadence } from "../../fixtures/sound/tones";
import { wavBytes } from "../../fixtures/sound/wavBytes";
import { AnalysisPass } from "../../../src/analysis/analyze";
import { DEFAULT_LIMITS, type AnalysisLimits } from "../../../src/shared/limits";
import { nothingMeasured } from "../../../src/shared/analysis";
import { currentVersions } from "../../../src/shared/measurements";
import { decodeView } from "../../../src/shared/viewFile";
import { AudioAnalyzer } from "../../../src/worker/AudioAnalyzer";
import { temporaryPath } from "./decodeBytes";

const compileEssentia = async (): Promise<WebAssembly.Module> => {
  const file = createRequire(import.meta.url).resolve("essentia.js/dist/essentia-wasm.web.wasm");
  return WebAssembly.compile(await readFile(file));
};

function newAnalyzer(): AudioAnalyzer {
  return new AudioAnalyzer({
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

/** Something with a key. */
const TONAL_WAV = wavBytes([cadence({ tonic: 9, mode: "minor", sampleRate: 22050 })], 22050);

const job = (path: string, limits: Partial<AnalysisLimits> = {}) => ({
  path,
  limits: { ...DEFAULT_LIMITS, ...limits },
  essentia: false,
});

describe("AudioAnalyzer", () => {
  it("gives a whole Analysis of a real file", async () => {
    const path = examplePath("Jazz and Ragtime/Joplin - The Entertainer.ogg");
    const { analysis, view } = await newAnalyzer().analyze(job(path));
    expect(analysis).toMatchObject({
      path,
      state: "analyzed",
      warnings: [],
      format: { container: "Ogg", codec: "Vorbis", duration: 27, samples: 1190700 },
      tags: { title: "The Entertainer (first strain)", artist: "Scott Joplin" },
      tonal: { key: "C", mode: "major", camelot: "8B" },
      missing: {},
      versions: { app: "1.2.3", schema: 1, measurements: currentVersions() },
      timing: { workerId: 7 },
    });
    expect(analysis.error).toBeUndefined();
    expect(analysis.loudness?.integrated).toBeCloseTo(-15.9, 0);
    expect(analysis.format?.bitrate).toBeGreaterThan(60_000);
    expect(analysis.file?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(new Date(analysis.timing.analyzedAt).toISOString()).toBe(analysis.timing.analyzedAt);
    expect(view && decodeView(view)?.waveform).toMatchObject({ sampleRate: 44100, samples: 1190700 });
  });

  it("leaves the file as it was", async () => {
    const bytes = noiseWav(0.5);
    const path = await fileOf(bytes);
    await newAnalyzer().analyze(job(path));
    expect(new Uint8Array(await readFile(path))).toEqual(bytes);
  });

  it("warns with the share that could be decoded when a file ends early", async () => {
    const bytes = noiseWav(1);
    const { analysis } = await newAnalyzer().analyze(job(await fileOf(bytes.subarray(0, bytes.length / 4))));
    expect(analysis.state).toBe("analyzed");
    expect(analysis.warnings).toHaveLength(1);
    expect(analysis.warnings[0]).toMatchObject({ code: "truncated" });
    expect(analysis.warnings[0]?.decodedShare).toBeCloseTo(0.25, 2);
  });

  it("warns with the places when a file is damaged", async () => {
    const { analysis } = await newAnalyzer().analyze(job(fixturePath("zeroed-mp3.mp3")));
    expect(analysis.warnings).toMatchObject([{ code: "damaged", places: [expect.closeTo(0.73, 1)] }]);
  });

  it("fails in all groups but those that are known", async () => {
    const path = await fileOf(Buffer.from("Dear diary, today I made no music. ".repeat(20)), "song.mp3");
    const { analysis, view } = await newAnalyzer().analyze(job(path));
    expect(analysis).toMatchObject({
      state: "failed",
      error: { code: "notAudio", attempts: 1 },
      format: null,
      ...nothingMeasured(),
      missing: {},
    });
    expect(analysis.file?.size).toBe(700);
    expect(view).toBeNull();
  });

  it("knows nothing of a file that is not there", async () => {
    const { analysis } = await newAnalyzer().analyze(job(await temporaryPath("gone.wav")));
    expect(analysis).toMatchObject({ state: "failed", error: { code: "notFound" }, file: null, tags: null });
  });

  it("refuses a file beyond the limit without reading it", async () => {
    const path = await fileOf(noiseWav(1));
    const { analysis } = await newAnalyzer().analyze(job(path, { maxFileSizeMB: 0.01 }));
    expect(analysis).toMatchObject({ state: "failed", error: { code: "tooLarge" }, file: { sha256: null } });
    expect((await newAnalyzer().analyze(job(path, { maxFileSizeMB: 0.1 }))).analysis.state).toBe("analyzed");
  });

  it("names the limit as it stands in the settings, in millions of bytes", async () => {
    const path = await fileOf(new Uint8Array(2_500_000));
    const { analysis } = await newAnalyzer().analyze(job(path, { maxFileSizeMB: 2 }));
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
    const { analysis } = await newAnalyzer().analyze(job(path), { signal });
    expect(analysis).toMatchObject({ state: "analyzed", warnings: [{ code: "changedWhileRead" }] });
  });

  it("stops between blocks when it is cancelled", async () => {
    const { analysis, view } = await newAnalyzer().analyze(job(await fileOf(noiseWav(5))), {
      signal: { aborted: true },
    });
    expect(analysis).toMatchObject({ state: "cancelled", loudness: null });
    expect(analysis.error).toBeUndefined();
    expect(view).toBeNull();
  });

  describe("when code dies under it", () => {
    afterEach(() => {
      vi.restoreAllMocks();
    });

    /** The next `times` blocks of samples end in `error`. */
    function dies(times: number, error: Error): void {
      const push = vi.spyOn(AnalysisPass.prototype, "push");
      for (let i = 0; i < times; i++) {
        push.mockImplementationOnce(() => {
          throw error;
        });
      }
    }

    it("measures once more", async () => {
      dies(1, new WebAssembly.RuntimeError("unreachable"));
      const { analysis } = await newAnalyzer().analyze(job(await fileOf(TONAL_WAV)));
      expect(analysis).toMatchObject({ state: "analyzed", tonal: { key: "A", mode: "minor" } });
    });

    it("fails the file the second time, and is as new for the next", async () => {
      dies(2, new WebAssembly.RuntimeError("unreachable"));
      const analyzer = newAnalyzer();
      const path = await fileOf(TONAL_WAV);
      expect((await analyzer.analyze(job(path))).analysis.error?.code).toBe("crashedAnalyzer");
      expect((await analyzer.analyze(job(path))).analysis.state).toBe("analyzed");
    });

    it("lets a bug through as an exception", async () => {
      dies(1, new TypeError("undefined is not a function"));
      await expect(newAnalyzer().analyze(job(await fileOf(TONAL_WAV)))).rejects.toThrow(TypeError);
    });
  });
});
