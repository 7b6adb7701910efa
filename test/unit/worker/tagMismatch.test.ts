/** Tags beside measurements: what clearly contradicts is told with both values, everything else is left alone. */
import { describe, expect, it } from "vitest";
import type { KeyName, Mode, RhythmResult, TonalResult } from "../../../src/shared/analysis";
import { keyOfTag, tagMismatches } from "../../../src/worker/tagMismatch";

const rhythm = (tempo: number | null, rest: Partial<RhythmResult> = {}): RhythmResult => ({
  tempo,
  confidence: 0.95,
  candidates: null,
  beats: null,
  downbeats: null,
  onsetRate: null,
  stability: "steady",
  ...rest,
});

const tonal = (key: KeyName | null, mode: Mode | null, rest: Partial<TonalResult> = {}): TonalResult => ({
  key,
  mode,
  strength: 0.97,
  runnerUp: null,
  camelot: null,
  openKey: null,
  tuning: null,
  chroma: null,
  keyChanges: [],
  ...rest,
});

/** The messages for these tags beside 120 BPM and A minor, or what is measured instead. */
function messages(
  tags: { tempo?: number; key?: string },
  measured: { rhythm?: RhythmResult; tonal?: TonalResult } = {},
): string[] {
  const warnings = tagMismatches(
    { tempo: tags.tempo ?? null, key: tags.key ?? null },
    { rhythm: rhythm(120), tonal: tonal("A", "minor"), ...measured },
  );
  for (const { code } of warnings) expect(code).toBe("tagMismatch");
  return warnings.map(({ message }) => message);
}

describe("tagMismatches", () => {
  it("names both tempi where the tag's is another one", () => {
    expect(messages({ tempo: 97 })).toEqual([
      "The tempo tag says 97.0 BPM, measured are 120.0 BPM. Correct the tag if it is wrong.",
    ]);
  });

  it.each([120, 124, 116, 60, 240, 40, 360, 30, 480, 80, 180, 90, 160])(
    "takes a tag of %d BPM for the same music as 120 BPM",
    (tempo) => {
      expect(messages({ tempo })).toEqual([]);
    },
  );

  it.each([0, -1, 7, 12000])("takes %d BPM for no tempo", (tempo) => {
    expect(messages({ tempo })).toEqual([]);
  });

  it("says nothing of a tempo that is uncertain, moving or absent", () => {
    for (const measured of [
      rhythm(120, { confidence: 0.79 }),
      rhythm(120, { stability: "drifting" }),
      rhythm(null, { confidence: null, stability: null }),
    ]) {
      expect(messages({ tempo: 97 }, { rhythm: measured })).toEqual([]);
    }
  });

  it("names both keys where the tag's is another one, as the tag writes it", () => {
    expect(messages({ key: "Eb minor" })).toEqual([
      "The key tag says Eb minor, measured is A minor. Correct the tag if it is wrong.",
    ]);
  });

  it.each(["Am", "a minor", "8A", "1m", "C", "C major", "8B", "A"])(
    "takes the tag %s for the notes of A minor",
    (key) => {
      expect(messages({ key })).toEqual([]);
    },
  );

  it.each(["A major", "Em", "9A", "G", "B"])("warns of the tag %s beside A minor", (key) => {
    expect(messages({ key })).toHaveLength(1);
  });

  it("says nothing of a key that is uncertain or absent, or in force for a part of the piece", () => {
    const change = { time: 60, key: "D#", mode: "minor" } as const;
    for (const measured of [
      tonal("A", "minor", { strength: 0.89 }),
      tonal(null, null, { strength: null, keyChanges: null }),
      tonal("A", "minor", { keyChanges: [change] }),
    ]) {
      expect(messages({ key: "Ebm" }, { tonal: measured })).toEqual([]);
    }
  });

  it("says nothing where there are no tags", () => {
    expect(tagMismatches(null, { rhythm: rhythm(120), tonal: tonal("A", "minor") })).toEqual([]);
  });
});

describe("keyOfTag", () => {
  it.each([
    ["C#m", "C#", "minor"],
    ["Dbm", "C#", "minor"],
    ["B♭ maj", "A#", "major"],
    ["CM", "C", "major"],
    ["Cb", "B", null],
    ["fis", null, null],
    ["f#min", "F#", "minor"],
    ["Es-Dur", null, null],
    ["F-dur", "F", "major"],
    ["08A", "A", "minor"],
    ["12B", "E", "major"],
    ["12d", "F", "major"],
    ["13A", null, null],
    ["o", null, null],
    ["", null, null],
    ["All", null, null],
  ])("reads %s as %s %s", (tag, key, mode) => {
    expect(keyOfTag(tag)).toEqual(key === null ? null : { key, mode });
  });
});
