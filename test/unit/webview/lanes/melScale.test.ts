import { expect, test } from "vitest";
import type { Spectrogram } from "../../../../src/shared/view";
import { formatFrequency, heightOf, strongestFrequency } from "../../../../src/webview/lanes/melScale";

/** Two columns of four bands, the first and last edge at 0 and 3350 Hz: 2000 mel. */
function aSpectrogram(columns: readonly (readonly number[])[]): Spectrogram {
  const highest = 700 * (10 ** (2000 / 2595) - 1);
  return { start: 0, step: 1, lowest: 0, highest, bands: 4, levels: Uint8Array.from(columns.flat()) };
}

test("the scale is linear in mel: 1 kHz, which is 1000 mel, lies half way up to 2000", () => {
  expect(heightOf(1000, aSpectrogram([]))).toBeCloseTo(0.5, 3);
});

test("the strongest frequency is the middle of the band that is strongest on the whole", () => {
  const hz = strongestFrequency(
    aSpectrogram([
      [9, 200, 9, 9],
      [255, 200, 9, 9],
    ]),
  );
  // Bands of 800 mel overlap by half: the second is around 800 mel.
  expect(hz).toBeCloseTo(700 * (10 ** (800 / 2595) - 1), 3);
});

test("silence has no strongest frequency", () => {
  expect(strongestFrequency(aSpectrogram([[0, 0, 0, 0]]))).toBeNull();
});

test("frequencies read in Hz, then in kHz", () => {
  expect([250, 1000, 15_840].map(formatFrequency)).toEqual(["250 Hz", "1 kHz", "15.8 kHz"]);
});
