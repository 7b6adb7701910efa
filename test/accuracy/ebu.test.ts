/** EBU Tech 3341 and 3342: every case that can be made, within the tolerances that these documents ask for. */
import { describe, expect, it } from "vitest";
import type { LoudnessCurve } from "../../src/shared/view";
import { LoudnessExtractor } from "../../src/analysis/loudness/LoudnessExtractor";
import { ebuBurst, ebuPeakTone, EBU_RATE, ebuSurround, ebuTone, repeated } from "../fixtures/sound/ebu";

const LOUDNESS_TOLERANCE = 0.1;
const RANGE_TOLERANCE = 1;
const BLOCK = 4096;

function measure(channels: readonly Float32Array[], seconds = Infinity) {
  const extractor = new LoudnessExtractor({ sampleRate: EBU_RATE, channels: channels.length });
  const length = Math.min(channels[0]?.length ?? 0, Math.round(seconds * EBU_RATE));
  for (let from = 0; from < length; from += BLOCK) {
    const block = channels.map((samples) => samples.subarray(from, from + BLOCK));
    extractor.push(block, Math.min(BLOCK, length - from));
  }
  return extractor.finish();
}

function expectLoudness(name: string, found: number | null, expected: number): void {
  console.log(`${name}: ${found?.toFixed(3) ?? "null"}, expected ${expected}`);
  expect(found).not.toBeNull();
  expect(Math.abs((found ?? 0) - expected)).toBeLessThanOrEqual(LOUDNESS_TOLERANCE);
}

/** Values from `seconds` on, in LUFS. */
function after(seconds: number, curve: LoudnessCurve, kind: "momentary" | "shortTerm"): number[] {
  return [...curve[kind].subarray(Math.round(seconds / curve.step) - 1)].map((value) => value / 100);
}

describe("EBU Tech 3341, integrated loudness", () => {
  it.each([
    ["case 1", -23, () => ebuTone([-23, 20])],
    ["case 2", -33, () => ebuTone([-33, 20])],
    ["case 3", -23, () => ebuTone([-36, 10], [-23, 60], [-36, 10])],
    ["case 4", -23, () => ebuTone([-72, 10], [-36, 10], [-23, 60], [-36, 10], [-72, 10])],
    ["case 5", -23, () => ebuTone([-26, 20], [-20, 20.1], [-26, 20])],
    ["case 6 in 5.0", -23, () => ebuSurround([-28, -28, -24, -30, -30])],
    ["case 6 in 5.1", -23, () => ebuSurround([-28, -28, -24, null, -30, -30])],
  ])("%s reads %d LUFS to within 0.1", (name, expected, signal) => {
    expectLoudness(name, measure(signal()).values.integrated, expected);
  });
});

describe("EBU Tech 3341, momentary and short-term loudness", () => {
  it.each([
    ["case 1", -23],
    ["case 2", -33],
  ])("%s reads %d LUFS in both", (name, level) => {
    const { momentaryMax, shortTermMax } = measure(ebuTone([level, 20])).values;
    expectLoudness(`${name}, momentary`, momentaryMax, level);
    expectLoudness(`${name}, short-term`, shortTermMax, level);
  });

  it("case 9: short-term stays at −23 LUFS after 3 s", () => {
    const { values, curve } = measure(ebuTone(...repeated(5, [-20, 1.34], [-30, 1.66])));
    expectLoudness("case 9", values.shortTermMax, -23);
    for (const value of after(3, curve, "shortTerm")) {
      expect(Math.abs(value + 23)).toBeLessThanOrEqual(LOUDNESS_TOLERANCE);
    }
  });

  it.each(Array.from({ length: 20 }, (_, i) => i))("case 10, file %#: short-term reaches −23 LUFS", (i) => {
    const signal = ebuTone([null, i * 0.15], [-23, 3], [null, 1]);
    expectLoudness(`case 10, ${i + 1}`, measure(signal).values.shortTermMax, -23);
  });

  it("case 11: short-term reaches −38 to −19 LUFS one after the other", () => {
    const signal = ebuTone(
      ...Array.from({ length: 20 }, (_, i) =>
        repeated(1, [null, i * 0.15], [-38 + i, 3], [null, 3 - i * 0.15]),
      ).flat(),
    );
    const { values, curve } = measure(signal);
    const { shortTerm, step } = curve;
    expectLoudness("case 11, last", values.shortTermMax, -19);
    const perTone = Math.round(6 / step);
    for (let i = 0; i < 20; i++) {
      const highest = Math.max(...shortTerm.subarray(i * perTone, (i + 1) * perTone)) / 100;
      expectLoudness(`case 11, ${i + 1}`, highest, -38 + i);
    }
  });

  it("case 12: momentary stays at −23 LUFS after 1 s", () => {
    const { values, curve } = measure(ebuTone(...repeated(25, [-20, 0.18], [-30, 0.22])));
    expectLoudness("case 12", values.momentaryMax, -23);
    for (const value of after(1, curve, "momentary")) {
      expect(Math.abs(value + 23)).toBeLessThanOrEqual(LOUDNESS_TOLERANCE);
    }
  });

  it.each(Array.from({ length: 20 }, (_, i) => i))("case 13, file %#: momentary reaches −23 LUFS", (i) => {
    const signal = ebuTone([null, i * 0.02], [-23, 0.4], [null, 1]);
    expectLoudness(`case 13, ${i + 1}`, measure(signal).values.momentaryMax, -23);
  });

  it("case 14: momentary reaches −38 to −19 LUFS one after the other", () => {
    const signal = ebuTone(
      ...Array.from({ length: 20 }, (_, i) =>
        repeated(1, [null, i * 0.02], [-38 + i, 0.4], [null, 0.4 - i * 0.02]),
      ).flat(),
    );
    for (let i = 0; i < 20; i++) {
      const { momentaryMax } = measure(signal, 0.8 * (i + 1)).values;
      expectLoudness(`case 14, ${i + 1}`, momentaryMax, -38 + i);
    }
  });
});

describe("EBU Tech 3341, true peak", () => {
  it.each([
    ["case 15", -6, () => ebuPeakTone(4, 0.5, 0)],
    ["case 16", -6, () => ebuPeakTone(4, 0.5, 45)],
    ["case 17", -6, () => ebuPeakTone(6, 0.5, 60)],
    ["case 18", -6, () => ebuPeakTone(8, 0.5, 67.5)],
    ["case 19", 3, () => ebuPeakTone(4, 1.41, 45)],
    ["case 20", 0, () => ebuBurst(0)],
    ["case 21", 0, () => ebuBurst(1)],
    ["case 22", 0, () => ebuBurst(2)],
    ["case 23", 0, () => ebuBurst(3)],
  ])("%s reads %d dBTP, at most 0.2 more or 0.4 less", (name, expected, signal) => {
    const { truePeak } = measure(signal()).values;
    console.log(`${name}: ${truePeak?.toFixed(3) ?? "null"} dBTP, expected ${expected}`);
    expect(truePeak).toBeLessThanOrEqual(expected + 0.2);
    expect(truePeak).toBeGreaterThanOrEqual(expected - 0.4);
  });
});

describe("EBU Tech 3342, loudness range", () => {
  it.each([
    ["case 1", 10, () => ebuTone([-20, 20], [-30, 20])],
    ["case 2", 5, () => ebuTone([-20, 20], [-15, 20])],
    ["case 3", 20, () => ebuTone([-40, 20], [-20, 20])],
    ["case 4", 15, () => ebuTone([-50, 20], [-35, 20], [-20, 20], [-35, 20], [-50, 20])],
  ])("%s reads %d LU to within 1", (name, expected, signal) => {
    const { range } = measure(signal()).values;
    console.log(`${name}: ${range?.toFixed(3) ?? "null"} LU, expected ${expected}`);
    expect(range).not.toBeNull();
    expect(Math.abs((range ?? 0) - expected)).toBeLessThanOrEqual(RANGE_TOLERANCE);
  });
});
