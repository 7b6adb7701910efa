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

test("a true peak above full scale and clipped runs come first, the runs with their places", () => {
  const { dynamics } = anAnalysis();
  const analysis = anAnalysis({
    loudness: { ...someGroups.loudness, truePeak: 0.41 },
    dynamics: dynamics && { ...dynamics, clippedRuns: 12 },
    warnings: [{ code: "truncated", message: "The file ends early." }],
  });
  expect(findings(analysis, [41.2, 130.9])).toEqual([
    { severity: "error", text: "True peak lies 0.4 dB above full scale", places: [] },
    { severity: "error", text: "Clipped in 12 runs of samples", places: [41.2, 130.9] },
    { severity: "warning", text: "The file ends early.", places: [] },
  ]);
});

test("long silence at either end is noted with where the sound begins and ends", () => {
  const { dynamics } = anAnalysis();
  const analysis = anAnalysis({
    dynamics: dynamics && { ...dynamics, leadingSilence: 1.25, trailingSilence: 2.203 },
  });
  expect(findings(analysis, [])).toEqual([
    { severity: "info", text: "1.3 s of silence at the start, sound from", places: [1.25] },
    { severity: "info", text: "2.2 s of silence at the end, from", places: [225] },
  ]);
});

test.each([
  [2, [1], "The right channel is silent"],
  [2, [0, 1], "The whole file is silent"],
  [6, [3], "Channel 4 is silent"],
  [6, [2, 3], "Channels 3, 4 are silent"],
])("of %d channels %j silent reads: %s", (channels, silentChannels, text) => {
  const { format } = anAnalysis();
  const analysis = anAnalysis({
    format: format && { ...format, channels },
    stereo: { correlation: null, dualMono: false, silentChannels },
  });
  expect(findings(analysis, [])).toEqual([{ severity: "warning", text, places: [] }]);
});

test("a DC offset is a warning in percent, dual mono only a note", () => {
  const { dynamics } = anAnalysis();
  const analysis = anAnalysis({
    dynamics: dynamics && { ...dynamics, dcOffset: -0.021 },
    stereo: { correlation: 1, dualMono: true, silentChannels: [] },
  });
  expect(findings(analysis, []).map(({ severity, text }) => [severity, text])).toEqual([
    ["warning", "DC offset of −2.1 % of full scale"],
    ["info", "Both channels are the same: mono kept as stereo"],
  ]);
});
