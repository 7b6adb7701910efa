/** What a file may have at most, held against real files: a changed limit changes what becomes of them. */
import { open, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { fixturePath } from "../../fixtures/paths";
import { wavBytes } from "../../fixtures/sound/wavBytes";
import type { Analysis } from "../../../src/shared/analysis";
import { DEFAULT_LIMITS, type AnalysisLimits } from "../../../src/shared/limits";
import { AudioAnalyzer } from "../../../src/worker/AudioAnalyzer";
import { temporaryPath } from "./decodeBytes";

const analyzer = new AudioAnalyzer({
  compileEssentia: () => Promise.reject(new Error("It is not asked for.")),
  appVersion: "0",
  workerId: 0,
});

async function analyze(path: string, limits: Partial<AnalysisLimits>): Promise<Analysis> {
  const { analysis } = await analyzer.analyze({
    path,
    limits: { ...DEFAULT_LIMITS, ...limits },
    essentia: false,
  });
  return analysis;
}

interface Wav {
  channels?: number;
  sampleRate?: number;
  /** Of sound that is there: zeros. */
  seconds?: number;
  /** What the header says of its length instead; 0 is what a program leaves behind that streams. */
  claimed?: number;
}

/** A sparse WAV of 8 bits, whose length costs nothing. */
async function wavFile({
  channels = 1,
  sampleRate = 8000,
  seconds = 1,
  claimed = seconds,
}: Wav): Promise<string> {
  const head = wavBytes(
    Array.from({ length: channels }, () => new Float32Array(0)),
    sampleRate,
    { bits: 8 },
  );
  new DataView(head.buffer).setUint32(head.length - 4, claimed * sampleRate * channels, true);
  const path = await temporaryPath("sound.wav");
  await writeFile(path, head);
  const file = await open(path, "r+");
  await file.truncate(head.length + seconds * sampleRate * channels);
  await file.close();
  return path;
}

const TWO_HOURS = 7200;

describe("a limit in the settings", () => {
  test.for([
    ["maxFileSizeMB", { seconds: 200 }, 1, 2, "The file has 2 MB, more than the limit of 1 MB."],
    ["maxChannels", { channels: 6 }, 5, 6, "The file has 6 channels, more than the limit of 5."],
    ["maxSampleRate", { sampleRate: 96_000 }, 48_000, 96_000, "96000 Hz, above the limit of 48000 Hz."],
    ["maxDurationHours", { seconds: 72 }, 0.01, 0.02, "more than the limit of 0.01 hours."],
  ] as const)(
    "%s refuses what is beyond it, and says how to raise it",
    async ([name, wav, low, high, text]) => {
      const path = await wavFile(wav);
      const { state, error, file, format } = await analyze(path, { [name]: low });
      expect({ state, code: error?.code, sha256: file?.sha256, format }).toEqual({
        state: "failed",
        code: "tooLarge",
        sha256: null,
        format: null,
      });
      expect(error?.message).toContain(text);
      expect(error?.message).toContain(`Raise playlista.analysis.${name} (on the command line --max-`);
      expect((await analyze(path, { [name]: high })).state).toBe("analyzed");
      expect((await analyze(path, { [name]: 0 })).state).toBe("analyzed");
    },
  );

  test("holds against the length that a header gives, before anything is decoded", async () => {
    const { error } = await analyze(await wavFile({ seconds: TWO_HOURS }), { maxDurationHours: 1 });
    expect(error?.code).toBe("tooLarge");
    expect(error?.message).toContain("The file has 2.0 hours of sound");
  });

  test("does not hold against a length that the file has no bytes for", async () => {
    const path = await wavFile({ seconds: 1, claimed: TWO_HOURS });
    const { state, format, warnings } = await analyze(path, { maxDurationHours: 1 });
    expect({ state, duration: format?.duration }).toEqual({ state: "analyzed", duration: 1 });
    expect(warnings).toMatchObject([{ code: "truncated" }]);
  });

  test("stops what goes on and on without having said so", async () => {
    const path = await wavFile({ seconds: 60, claimed: 0 });
    const { error } = await analyze(path, { maxDurationHours: 0.01 });
    expect(error?.code).toBe("tooLarge");
    expect(error?.message).toContain("The file has more sound than the limit of 0.01 hours.");
  });
});

describe("the length that is told at the start", () => {
  // The fixtures are short: a limit below their length shows that each container's word is heard.
  test.for([
    "truncated-flac.flac",
    "zeroed-mp3.mp3",
    "truncated-alac-m4a.m4a",
    "piece.webm",
    "piece.wma",
    "piece.wv",
    "piece.tta",
    "piece.mpc",
  ])("of %s is held against the limit", async (name) => {
    const { error } = await analyze(fixturePath(name), { maxDurationHours: 1e-5 });
    expect(error?.message).toMatch(/^The file has \d+\.\d hours of sound, more than/);
  });
});

test("more channels than any decoder takes are a broken header, without a limit too", async () => {
  const { error } = await analyze(await wavFile({ channels: 256 }), { maxChannels: 0 });
  expect(error?.code).toBe("corrupt");
});
