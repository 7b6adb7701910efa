import { expect, test } from "vitest";
import { findings } from "../../../../src/webview/text/findings";
import { anAnalysis } from "../anAnalysis";

test("a file in order has no findings", () => {
  expect(findings(anAnalysis(), [])).toEqual([]);
});

test("a warning keeps its places and says how much could be decoded", () => {
  const analysis = anAnalysis({
    warnings: [{ code: "damaged", message: "Some sound is damaged.", decodedShare: 0.982, places: [12.3] }],
  });
  expect(findings(analysis, [])).toEqual([
    { severity: "warning", text: "Some sound is damaged. (98.2 % decoded)", places: [12.3] },
  ]);
});

test("samples past full scale come first, with the places that the waveform shows", () => {
  const analysis = anAnalysis({
    loudness: { integrated: -5, samplePeak: 0.4 },
    warnings: [{ code: "truncated", message: "The file ends early." }],
  });
  expect(findings(analysis, [41.2, 130.9]).map((finding) => [finding.severity, finding.places])).toEqual([
    ["error", [41.2, 130.9]],
    ["warning", []],
  ]);
});
