/** Pitch classes against the 24 keys, the path through them in time, and how likely a key is. */
import { describe, expect, it } from "vitest";
import { keyPath } from "../../../../src/analysis/tonal/keyPath";
import { keyScores } from "../../../../src/analysis/tonal/keyScores";
import { likelihoods, withEnds } from "../../../../src/analysis/tonal/likelihoods";

/** Twelve pitch classes with tonic and fifth, third and the rest of a scale from `tonic` up. */
function scale(tonic: number, mode: "major" | "minor"): number[] {
  const degrees = mode === "major" ? [0, 2, 4, 5, 7, 9, 11] : [0, 2, 3, 5, 7, 8, 10];
  const chroma = new Array<number>(12).fill(0);
  for (const degree of degrees) chroma[(tonic + degree) % 12] = 0.3;
  for (const degree of [0, mode === "major" ? 4 : 3, 7]) chroma[(tonic + degree) % 12] = 1;
  return chroma;
}

const bestOf = (scores: Float64Array) => scores.indexOf(Math.max(...scores));

describe("keyScores", () => {
  it("are highest for the key whose scale and triad are heard", () => {
    for (let tonic = 0; tonic < 12; tonic++) {
      expect(bestOf(keyScores(scale(tonic, "major")))).toBe(tonic);
      expect(bestOf(keyScores(scale(tonic, "minor")))).toBe(12 + tonic);
    }
  });

  it("do not depend on how much is heard", () => {
    const loud = keyScores(scale(3, "minor").map((value) => 100 * value));
    keyScores(scale(3, "minor")).forEach((score, key) => {
      expect(loud[key]).toBeCloseTo(score, 12);
    });
  });

  it("are 0 for nothing and for all notes alike", () => {
    expect([...keyScores(new Array<number>(12).fill(0))]).toEqual(new Array(24).fill(0));
    expect(Math.max(...keyScores(new Array<number>(12).fill(1)).map(Math.abs))).toBeLessThan(1e-6);
  });
});

describe("keyPath", () => {
  const seconds = (chroma: readonly number[], count: number) =>
    Array.from({ length: count }, () => chroma).flat();
  const pathOf = (...parts: number[][]) => [...keyPath(Float32Array.from(parts.flat())).keys];

  it("stays in one key through a few seconds of another", () => {
    const path = pathOf(
      seconds(scale(0, "major"), 10),
      seconds(scale(2, "major"), 2),
      seconds(scale(0, "major"), 10),
    );
    expect(new Set(path)).toEqual(new Set([0]));
  });

  it("follows a key that stays, from the second in which it begins", () => {
    const path = pathOf(seconds(scale(0, "major"), 20), seconds(scale(1, "minor"), 20));
    expect(path).toEqual([...new Array<number>(20).fill(0), ...new Array<number>(20).fill(13)]);
  });

  it("needs longer for a key that is near", () => {
    const withFifth = (count: number) =>
      pathOf(seconds(scale(0, "major"), 20), seconds(scale(7, "major"), count));
    expect(new Set(withFifth(3))).toEqual(new Set([0]));
    expect(new Set(withFifth(20))).toEqual(new Set([0, 7]));
  });

  it("of nothing is empty", () => {
    expect(pathOf()).toEqual([]);
  });
});

describe("likelihoods", () => {
  const scores = keyScores(scale(0, "major"));

  it("sum up to 1 in the order of the scores", () => {
    const likely = likelihoods(scores, 10);
    expect(likely.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(bestOf(likely)).toBe(bestOf(scores));
  });

  it("are surer of the same fit over longer time", () => {
    const of = (length: number) => Math.max(...likelihoods(scores, length));
    expect(of(3)).toBeGreaterThan(of(1));
    expect(of(30)).toBeGreaterThan(of(3));
    expect(of(36_000)).toBeLessThanOrEqual(1);
  });
});

describe("withEnds", () => {
  it("prefers, of two keys with the same notes, the one in which music begins and ends", () => {
    const minor = scale(9, "minor");
    const both = scale(0, "major").map((value, c) => value + (minor[c] ?? 0));
    const inMinor = Float32Array.from([minor, minor, both, both, minor, minor, minor].flat());
    const gain = (key: number) =>
      (withEnds(keyScores(both), inMinor)[key] ?? 0) - (keyScores(both)[key] ?? 0);
    expect(gain(12 + 9)).toBeGreaterThan(gain(0));
  });

  it("changes nothing where nothing is heard", () => {
    const scores = keyScores(scale(4, "minor"));
    expect(withEnds(scores, new Float32Array(24))).toEqual(scores);
  });
});
