/** Scores of the whole analysis over real music, with floors that may only rise. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Analysis } from "../../src/shared/analysis";
import { dishonestyOf } from "./honesty";
import { fileAnalyzer } from "./listen";
import { absolutePath, beatsOf, MUSIC, type KnownMusic } from "./music";
import { beatFMeasure, isTempo, isTempoOrOctave, keyScore } from "./scores";

/** What the last change reached. Raise it with a better one; never lower it. */
const FLOORS = { tempo1: 0.9, tempo2: 1, beats: 0.86, key: 1 };
/** LU and dB from ffmpeg's reading, which is itself rounded to 0.1. */
const TOLERANCE = { integrated: 0.1, truePeak: 0.2 };

const heard: { known: KnownMusic; result: Analysis }[] = [];

beforeAll(async () => {
  const analyze = fileAnalyzer();
  for (const known of MUSIC) {
    const result = await analyze(absolutePath(known));
    heard.push({ known, result });
    const { rhythm, tonal } = result;
    console.log(
      [
        known.file,
        `${String(known.tempo)} → ${rhythm?.tempo?.toFixed(2) ?? "null"} (${rhythm?.confidence?.toFixed(2) ?? "null"})`,
        `${known.key ?? "no key"} → ${tonal?.key ?? "null"} ${tonal?.mode ?? ""} (${tonal?.strength?.toFixed(2) ?? "null"})`,
      ].join(" | "),
    );
  }
}, 120_000);

function share(name: string, of: readonly number[]): number {
  const value = of.reduce((sum, score) => sum + score, 0) / of.length;
  console.log(`${name}: ${value.toFixed(3)} over ${of.length}`);
  return value;
}

/** Largest distance from what is known, of those that were measured. */
function largestError(name: string, of: readonly number[]): number {
  const largest = Math.max(...of.map(Math.abs));
  console.log(`${name}: off by at most ${largest.toFixed(3)} over ${of.length}`);
  return largest;
}

describe("on known music", () => {
  it("tempo is right as often as before, as written and by octave", () => {
    const found = heard.map(({ known, result }) => ({
      truth: known.tempo,
      tempo: result.rhythm?.tempo ?? null,
    }));
    const first = found.map(({ tempo, truth }) => Number(isTempo(tempo, truth)));
    const second = found.map(({ tempo, truth }) => Number(isTempoOrOctave(tempo, truth)));
    expect(share("tempo accuracy 1", first)).toBeGreaterThanOrEqual(FLOORS.tempo1);
    expect(share("tempo accuracy 2", second)).toBeGreaterThanOrEqual(FLOORS.tempo2);
  });

  it("beats are found as often as before", () => {
    const scores = heard.flatMap(({ known, result }) =>
      known.beats === null ? [] : [beatFMeasure(result.rhythm?.beats ?? [], beatsOf(known))],
    );
    expect(share("beats, F-measure at 70 ms", scores)).toBeGreaterThanOrEqual(FLOORS.beats);
  });

  it("keys are right as often as before", () => {
    const scores = heard.flatMap(({ known, result }) =>
      known.key === null || !result.tonal ? [] : [keyScore(result.tonal, known.key)],
    );
    expect(share("key by MIREX weights", scores)).toBeGreaterThanOrEqual(FLOORS.key);
  });

  it("drums alone have no key", () => {
    for (const { known, result } of heard) {
      if (known.key === null) expect(result.missing["tonal.key"], known.file).toBe("notTonal");
    }
  });

  it("loudness and true peak are those of ffmpeg", () => {
    const errors = (index: 0 | 1, value: (result: Analysis) => number | null | undefined): number[] =>
      heard.map(({ known, result }) => (value(result) ?? NaN) - known.levels[index]);
    const integrated = errors(0, ({ loudness }) => loudness?.integrated);
    const truePeak = errors(1, ({ loudness }) => loudness?.truePeak);
    expect(largestError("loudness, LU", integrated)).toBeLessThanOrEqual(TOLERANCE.integrated);
    expect(largestError("true peak, dB", truePeak)).toBeLessThanOrEqual(TOLERANCE.truePeak);
  });

  it("every file has the samples that ffmpeg decodes", () => {
    for (const { known, result } of heard) {
      const [samples, sampleRate] = known.length;
      expect(result.format, known.file).toMatchObject({
        samples,
        sampleRate,
        duration: samples / sampleRate,
      });
    }
  });

  it("every value is a number or null with its reason", () => {
    for (const { known, result } of heard) expect(dishonestyOf(result), known.file).toEqual([]);
  });
});
