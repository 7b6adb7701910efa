/** essentia.js' own values as a user of the command line asks for them, from the built package's own files. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cadence } from "../fixtures/sound/tones";
import { wavBytes } from "../fixtures/sound/wavBytes";
import { jsonLines, run, temporaryFolder } from "./commandLine";

const RATE = 44100;

it("prints essentia.js' own values when asked by --essentia, and keeps its warnings off the output", async () => {
  const cwd = temporaryFolder();
  const chords = cadence({ tonic: 9, mode: "minor", sampleRate: RATE }).subarray(0, 6 * RATE);
  writeFileSync(join(cwd, "chords.wav"), wavBytes([chords, chords], RATE));

  const plain = await run(["analyze", "--json", "chords.wav"], { cwd });
  const asked = await run(["analyze", "--json", "--essentia", "chords.wav"], { cwd });

  expect([plain.status, asked.status]).toEqual([0, 0]);
  const [without] = jsonLines(plain.stdout);
  const [withIt] = jsonLines(asked.stdout);
  expect(without?.essentia).toBeNull();
  expect(withIt?.essentia).toMatchObject({ key: "A", mode: "minor" });
  expect(withIt?.essentia?.loudness).toBeCloseTo(withIt?.loudness?.integrated ?? NaN, 0);
  expect(asked.stderr).not.toMatch(/essentia|warning/i);
});
