/** Scores over signals whose every value is known because they are made here. */
import { describe, expect, it } from "vitest";
import { RhythmExtractor } from "../../src/analysis/rhythm/RhythmExtractor";
import { KEY_NAMES } from "../../src/shared/analysis";
import { clickTrack } from "../fixtures/sound/clicks";
import { cadence } from "../fixtures/sound/tones";
import { listen } from "./listen";
import { isTempo, isTempoOrOctave, keyScore } from "./scores";

/** What the last change reached. Raise it with a better one; never lower it. */
const FLOORS = { tempo1: 1, tempo2: 1, key: 1 };

const SAMPLE_RATE = 22050;

function mean(name: string, scores: readonly number[]): number {
  const value = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  console.log(`${name}: ${value.toFixed(3)} over ${scores.length}`);
  return value;
}

describe("clicks at 60 to 200 BPM", () => {
  it("have their tempo, most in the right octave", () => {
    const tempos = Array.from({ length: 29 }, (_, i) => 60 + 5 * i);
    const found = tempos.map((tempo, i) => {
      const sound = (["tick", "kick", "noise"] as const)[i % 3];
      const extractor = new RhythmExtractor(SAMPLE_RATE);
      extractor.push(clickTrack({ tempo, seconds: 12, sampleRate: SAMPLE_RATE, ...(sound && { sound }) }));
      return extractor.finish().values.tempo;
    });
    const first = tempos.map((tempo, i) => Number(isTempo(found[i] ?? null, tempo)));
    const second = tempos.map((tempo, i) => Number(isTempoOrOctave(found[i] ?? null, tempo)));
    console.log(`octave differs at ${tempos.filter((_, i) => !first[i]).join(", ")} BPM`);
    expect(mean("clicks, accuracy 1", first)).toBeGreaterThanOrEqual(FLOORS.tempo1);
    expect(mean("clicks, accuracy 2", second)).toBeGreaterThanOrEqual(FLOORS.tempo2);
  });
});

describe("cadences in all 24 keys", () => {
  it.each([432, 443])("have their key with A4 at %i Hz", (tuning) => {
    const scores = KEY_NAMES.flatMap((key, tonic) =>
      (["major", "minor"] as const).map((mode) => {
        const samples = cadence({ tonic, mode, sampleRate: SAMPLE_RATE, tuning });
        return keyScore(listen([samples], SAMPLE_RATE).tonal, `${key} ${mode}`);
      }),
    );
    expect(mean(`cadences at ${tuning} Hz`, scores)).toBeGreaterThanOrEqual(FLOORS.key);
  });
});
