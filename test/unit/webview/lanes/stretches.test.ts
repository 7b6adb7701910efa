import { expect, test } from "vitest";
import { SILENT, type View } from "../../../../src/shared/view";
import { stretches } from "../../../../src/webview/lanes/stretches";
import { aWaveform } from "./aWaveform";

/** C and G, C the stronger. */
const FIFTH = [1, 0, 0, 0, 0, 0, 0, 0.8, 0, 0.3, 0, 0];

/** Four seconds. */
function aView(change: Partial<View> = {}): View {
  return {
    waveform: aWaveform(Array<number>(40).fill(0.5)),
    loudness: null,
    spectrogram: null,
    segments: { step: 1, loudness: [], centroid: [], chroma: [FIFTH, FIFTH, null, null] },
    ...change,
  };
}

test("each stretch has the loudest short-term value that ends in it", () => {
  const shortTerm = Int16Array.from([-3000, -2000, -2500, SILENT]);
  const view = aView({ loudness: { step: 1, momentary: shortTerm, shortTerm } });
  expect(stretches(view, 2).map((row) => row.shortTerm)).toEqual([-20, -25]);
  expect(stretches(view, 4).at(-1)?.shortTerm).toBeNull();
});

test("pitch classes are named from the strongest on, weak ones and toneless stretches not at all", () => {
  expect(stretches(aView(), 2).map((row) => row.pitchClasses)).toEqual([["C", "G"], []]);
});

test("a stretch shorter than a segment has the segment that it lies in", () => {
  expect(stretches(aView(), 20).map((row) => row.pitchClasses.length > 0)).toEqual([
    ...Array<boolean>(10).fill(true),
    ...Array<boolean>(10).fill(false),
  ]);
});

test("what is not known of a file is left open, and without a waveform there are no rows", () => {
  const [row] = stretches(aView({ segments: null }), 1);
  expect(row).toMatchObject({ start: 0, end: 4, shortTerm: null, pitchClasses: [] });
  expect(stretches(aView({ waveform: null }), 20)).toEqual([]);
});
