/** Essentia's values beside ours: the same is said to be the same, what disagrees says so in a word. */
import { expect, test } from "vitest";
import type { Analysis } from "../../../../src/shared/analysis";
import { VALUES } from "../../../../src/shared/measurements";
import { besideOurs } from "../../../../src/webview/text/beside";
import { someGroups } from "../../../fixtures/someGroups";
import { anAnalysis } from "../anAnalysis";

type Essentia = NonNullable<Analysis["essentia"]>;

function withValues(theirs: Partial<Essentia>, change: Partial<Analysis> = {}): Analysis {
  return anAnalysis({
    rhythm: { ...someGroups.rhythm, tempo: 124 },
    tonal: { ...someGroups.tonal, key: "A", mode: "minor" },
    loudness: { ...someGroups.loudness, integrated: -9.3, range: 5 },
    spectral: { ...someGroups.spectral, rolloff85: { mean: 4000, std: 100 } },
    essentia: { ...someGroups.essentia, ...theirs },
    ...change,
  });
}

test.for([
  ["essentia.tempo", { tempo: 128.9 }, "ours: 124.0"],
  ["essentia.tempo", { tempo: 129.1 }, "differs from ours: 124.0"],
  ["essentia.tempo", { tempo: 62 }, "differs from ours: 124.0"],
  ["essentia.key", { key: "A", mode: "minor" }, "ours: A minor"],
  ["essentia.key", { key: "A", mode: "major" }, "differs from ours: A minor"],
  ["essentia.loudness", { loudness: -9.7 }, "ours: −9.3"],
  ["essentia.loudness", { loudness: -9.9 }, "differs from ours: −9.3"],
  ["essentia.loudnessRange", { loudnessRange: 5.9 }, "ours: 5.0"],
  ["essentia.loudnessRange", { loudnessRange: 6.1 }, "differs from ours: 5.0"],
  ["essentia.rolloff", { rolloff: 4300 }, "ours: 4000"],
  ["essentia.rolloff", { rolloff: 5000 }, "differs from ours: 4000"],
] as const)("%s %j: %s", ([path, theirs, text]) => {
  expect(besideOurs(withValues(theirs), path)).toEqual({ text, differs: text.startsWith("differs") });
});

test("where we found nothing, it says why", () => {
  const change: Partial<Analysis> = {
    tonal: { ...someGroups.tonal, key: null, mode: null },
    missing: { "tonal.key": "notTonal" },
  };
  expect(besideOurs(withValues({ key: "A", mode: "minor" }, change), "essentia.key")).toEqual({
    text: "differs from ours: no clear key",
    differs: true,
  });
});

test("where essentia.js found nothing, nothing differs", () => {
  expect(besideOurs(withValues({ tempo: null }), "essentia.tempo")).toEqual({
    text: "ours: 124.0",
    differs: false,
  });
});

test("values that only share a name are not compared", () => {
  const compared = VALUES.filter(({ path }) => besideOurs(withValues({}), path) !== null);
  expect(compared.map(({ path }) => path)).toEqual([
    "essentia.tempo",
    "essentia.key",
    "essentia.loudness",
    "essentia.loudnessRange",
    "essentia.rolloff",
  ]);
});
