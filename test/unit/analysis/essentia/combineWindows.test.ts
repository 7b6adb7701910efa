/** From windows to the file: one window is the file, several vote or are averaged, silent ones have no say. */
import { describe, expect, it } from "vitest";
import { combineWindows } from "../../../../src/analysis/essentia/combineWindows";
import type { EssentiaWindow, WindowLoudness } from "../../../../src/analysis/essentia/windows";

const loudness = (lufs: number): WindowLoudness => ({
  integrated: lufs,
  range: 0,
  momentary: new Float32Array(1000).fill(lufs),
  shortTerm: new Float32Array(1000).fill(lufs),
});

function aWindow(change: Partial<EssentiaWindow> = {}): EssentiaWindow {
  return {
    seconds: 180,
    rhythm: { tempo: 120, confidence: 3 },
    key: { key: "A", mode: "minor", strength: 0.8 },
    danceability: 1.2,
    dynamicComplexity: 4,
    loudness: loudness(-14),
    spectral: { rolloff: 2000, flatness: 0.2, zeroCrossingRate: 0.1, mfcc: [-700, 130] },
    centroid: 1500,
    ...change,
  };
}

const silent: EssentiaWindow = {
  seconds: 180,
  rhythm: "silence",
  key: "silence",
  danceability: "silence",
  dynamicComplexity: "silence",
  loudness: "silence",
  spectral: "silence",
  centroid: "silence",
};

const AS_ONE = {
  tempo: 120,
  confidence: 3,
  key: "A",
  mode: "minor",
  keyStrength: 0.8,
  danceability: 1.2,
  dynamicComplexity: 4,
  loudness: -14,
  loudnessRange: 0,
  centroid: 1500,
  rolloff: 2000,
  flatness: 0.2,
  zeroCrossingRate: 0.1,
  mfcc: [-700, 130],
};

describe("combineWindows", () => {
  it("leaves one window's values as they are", () => {
    expect(combineWindows([aWindow({ seconds: 61.3 })])).toEqual({ values: AS_ONE, missing: {} });
  });

  it("gives silent windows no say", () => {
    expect(combineWindows([silent, aWindow(), silent])).toEqual({ values: AS_ONE, missing: {} });
  });

  it("takes the tempo with the most seconds and confidence behind it, not the mean of all", () => {
    const windows = [
      aWindow({ rhythm: { tempo: 80, confidence: 3.5 } }),
      aWindow({ rhythm: { tempo: 120, confidence: 3 } }),
      aWindow({ rhythm: { tempo: 122, confidence: 3 }, seconds: 60 }),
    ];
    const { tempo, confidence } = combineWindows(windows).values;
    expect(tempo).toBeCloseTo((3 * 120 + 122) / 4, 10);
    expect(confidence).toBeCloseTo((3.5 * 3 + 3 * 3 + 3) / 7, 10);
  });

  it("takes the key with the most seconds and strength behind it, weakened by those that disagree", () => {
    const windows = [
      aWindow({ key: { key: "C", mode: "major", strength: 0.9 } }),
      aWindow({ key: { key: "A", mode: "minor", strength: 0.6 } }),
      aWindow({ key: { key: "A", mode: "minor", strength: 0.6 }, seconds: 180 }),
    ];
    const { key, mode, keyStrength } = combineWindows(windows).values;
    expect([key, mode]).toEqual(["A", "minor"]);
    expect(keyStrength).toBeCloseTo(0.4, 10);
  });

  it("gates the loudness of several windows over all of them, as of one file", () => {
    const far = combineWindows([aWindow({ loudness: loudness(-10) }), aWindow({ loudness: loudness(-40) })]);
    expect(far.values.loudness).toBeCloseTo(-10, 4);
    const near = combineWindows([aWindow({ loudness: loudness(-10) }), aWindow({ loudness: loudness(-16) })]);
    expect(near.values.loudness).toBeCloseTo(10 * Math.log10((0.1 + 10 ** -1.6) / 2), 4);
    expect(near.values.loudnessRange).toBeCloseTo(6, 4);
  });

  it("averages all else by seconds", () => {
    const short = aWindow({ seconds: 60, danceability: 2, centroid: 500, spectral: "essentiaFailed" });
    const { values, missing } = combineWindows([aWindow(), short]);
    expect(values).toMatchObject({ danceability: 1.4, centroid: 1250, rolloff: 2000, mfcc: [-700, 130] });
    expect(missing).toEqual({});
  });

  it("says of each value that no window has why", () => {
    const { values, missing } = combineWindows([
      aWindow({ rhythm: "noBeat", loudness: "tooManyChannels", spectral: "essentiaFailed" }),
    ]);
    expect(values).toMatchObject({ tempo: null, loudness: null, mfcc: null, danceability: 1.2 });
    expect(missing).toEqual({
      tempo: "noBeat",
      confidence: "noBeat",
      loudness: "tooManyChannels",
      loudnessRange: "tooManyChannels",
      rolloff: "essentiaFailed",
      flatness: "essentiaFailed",
      zeroCrossingRate: "essentiaFailed",
      mfcc: "essentiaFailed",
    });
    expect(new Set(Object.values(combineWindows([]).missing))).toEqual(new Set(["tooShort"]));
  });
});
