import { expect, test } from "vitest";
import { findings } from "../../../../src/webview/text/findings";
import { someGroups } from "../../../fixtures/someGroups";
import { anAnalysis } from "../anAnalysis";

test("a file in order has no findings", () => {
  expect(findings(anAnalysis(), [])).toEqual([]);
});

test("a warning keeps its places, and its share of decoded sound is said once", () => {
  const message = "The file is damaged at 0:12.3; 99.9 % of it could be decoded.";
  const analysis = anAnalysis({
    warnings: [{ code: "damaged", message, decodedShare: 0.99999, places: [12.3] }],
  });
  expect(findings(analysis, [])).toEqual([{ severity: "warning", text: message, places: [12.3] }]);
});

test("samples past full scale come first, with the places that the waveform shows", () => {
  const analysis = anAnalysis({
    loudness: { ...someGroups.loudness, integrated: -5, samplePeak: 0.4 },
    warnings: [{ code: "truncated", message: "The file ends early." }],
  });
  expect(findings(analysis, [41.2, 130.9]).map((finding) => [finding.severity, finding.places])).toEqual([
    ["error", [41.2, 130.9]],
    ["warning", []],
  ]);
});
