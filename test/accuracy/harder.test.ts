/** Keys of the shipped music made harder, with floors that may only rise. */
import { describe, expect, it } from "vitest";
import { MonoMix } from "../../src/analysis/dsp/MonoMix";
import { TonalExtractor } from "../../src/analysis/tonal/TonalExtractor";
import { decodeFile } from "../bench/decodeFile";
import { HARDER } from "./harder";
import { absolutePath, MUSIC } from "./music";
import { keyScore } from "./scores";

/** What the last change reached. Raise it with a better one; never lower it. */
const FLOOR = 0.97;

function tonalOf(samples: Float32Array, sampleRate: number) {
  const mix = new MonoMix({ sampleRate, channels: 1 });
  const extractor = new TonalExtractor(mix.sampleRate);
  mix.push([samples], samples.length, (mono) => {
    extractor.push(mono);
  });
  return extractor.finish().values;
}

describe("the key of music made harder", () => {
  it("is right as often as before, whichever way", async () => {
    const scores: number[] = [];
    for (const known of MUSIC) {
      if (known.key === null) continue;
      const { channels, sampleRate } = await decodeFile(absolutePath(known));
      const samples = channels[0] ?? new Float32Array(0);
      for (const { name, apply } of HARDER) {
        const harder = apply({ samples, sampleRate }, { name: known.file, key: known.key });
        if (!harder) continue;
        const score = keyScore(tonalOf(harder.pcm.samples, sampleRate), harder.key);
        if (score < 1) console.log(`${known.file}, ${name}: ${score}`);
        scores.push(score);
      }
    }
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    console.log(`key made harder: ${mean.toFixed(3)} over ${scores.length}`);
    expect(mean).toBeGreaterThanOrEqual(FLOOR);
  }, 600_000);
});
