/**
 * Loudness of music beside another program. The expected values were written down from ffmpeg 5.1.9, filter
 * `ebur128=peak=true+sample:metadata=1`, last of each value (of short-term loudness the highest). Momentary
 * maxima are not compared: ffmpeg looks for them in steps of 100 ms, where ours are of 10 ms.
 */
import { describe, expect, it } from "vitest";
import { LoudnessExtractor } from "../../src/analysis/loudness/LoudnessExtractor";
import type { LoudnessResult } from "../../src/shared/analysis";
import { openAudio } from "../../src/worker/decode/openAudio";
import { FileSource } from "../../src/worker/FileSource";
import { fixturePath } from "../fixtures/paths";

const TOLERANCES = { integrated: 0.1, range: 0.2, shortTermMax: 0.1, truePeak: 0.2, samplePeak: 0.1 };
type Compared = keyof typeof TOLERANCES;

async function measure(file: string): Promise<LoudnessResult> {
  const source = await FileSource.open(fixturePath(file));
  try {
    const stream = await openAudio(source);
    const { sampleRate, channels } = stream.format;
    const { channelMask = null } = stream;
    const extractor = new LoudnessExtractor({ sampleRate, channels, channelMask });
    for await (const block of stream.blocks()) extractor.push(block.channels, block.length);
    stream.close();
    return extractor.finish().values;
  } finally {
    await source.close();
  }
}

const BY_FFMPEG: readonly [file: string, values: Partial<Record<Compared, number>>][] = [
  [
    "groove-rock-142.ogg",
    { integrated: -18.261, range: 1.08, shortTermMax: -17.755, truePeak: -0.906, samplePeak: -0.934 },
  ],
  [
    "own-mountain-king-eb-minor.ogg",
    { integrated: -18.995, range: 5.52, shortTermMax: -14.971, truePeak: -1.587, samplePeak: -1.587 },
  ],
  [
    "sonicpi-loop-perc1-tiled.ogg",
    { integrated: -12.943, range: 1.96, shortTermMax: -13.095, truePeak: 0.522, samplePeak: 0.522 },
  ],
  [
    "piece-cbr-noinfo.mp3",
    { integrated: -18.856, range: 0.48, shortTermMax: -18.452, truePeak: -1.535, samplePeak: -1.598 },
  ],
  ["piece.mpc", { integrated: -18.325, shortTermMax: -18.022, truePeak: -1.494, samplePeak: -1.514 }],
  ["piece.wv", { integrated: -21.585, truePeak: -1.777, samplePeak: -1.863 }],
  ["six-channels.ac3", { integrated: -21.32, truePeak: -6.466, samplePeak: -6.466 }],
];

describe("music has the loudness that ffmpeg finds", () => {
  it.each(BY_FFMPEG)("%s", async (file, expected) => {
    const values = await measure(file);
    for (const name of Object.keys(expected) as Compared[]) {
      const [found, wanted] = [values[name] ?? NaN, expected[name] ?? NaN];
      console.log(`${file}, ${name}: ${found.toFixed(3)}, ffmpeg ${wanted}`);
      expect(Math.abs(found - wanted), name).toBeLessThanOrEqual(TOLERANCES[name]);
    }
  });
});
