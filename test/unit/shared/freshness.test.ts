import { expect, test } from "vitest";
import { RESULT_SCHEMA } from "../../../src/shared/analysis";
import {
  isOutdated,
  isSameFile,
  lackingMeasurements,
  outdatedMeasurements,
} from "../../../src/shared/freshness";
import { currentVersions } from "../../../src/shared/measurements";

const { tempo } = currentVersions();
const made = (change: { schema?: number; measurements?: object }) => ({
  versions: { app: "1", schema: RESULT_SCHEMA, measurements: currentVersions(), ...change },
});

test("a file is the same by size and time of change, to the millisecond", () => {
  const file = { size: 1000, modified: 1_700_000_000_000.75 };
  expect(isSameFile(file, { ...file })).toBe(true);
  expect(isSameFile(file, { ...file, modified: 1_700_000_000_000 })).toBe(true);
  expect(isSameFile(file, { ...file, modified: file.modified + 1 })).toBe(false);
  expect(isSameFile(file, { ...file, size: 1001 })).toBe(false);
});

test("a result is outdated when a measurement is older or missing, or its shape is", () => {
  expect(isOutdated(made({}))).toBe(false);
  expect(isOutdated(made({ schema: RESULT_SCHEMA - 1 }))).toBe(true);
  const older = made({ measurements: { ...currentVersions(), tempo: tempo - 1 } });
  expect([isOutdated(older), outdatedMeasurements(older)]).toEqual([true, ["tempo"]]);
  expect(outdatedMeasurements(made({ measurements: {} }))).toEqual(Object.keys(currentVersions()));
});

test("what is measured on request is missed only where it is asked for", () => {
  const without = made({});
  const withIt = made({ measurements: currentVersions({ essentia: true }) });
  const older = made({ measurements: { ...currentVersions(), essentia: 0 } });
  expect([without, withIt, older].map((each) => isOutdated(each))).toEqual([false, false, false]);
  const asked = { essentia: true };
  expect([without, withIt, older].map((each) => isOutdated(each, asked))).toEqual([true, false, true]);
  expect(lackingMeasurements(without, asked)).toEqual(["essentia"]);
  expect([withIt, older].map((each) => lackingMeasurements(each, asked))).toEqual([[], []]);
  expect(lackingMeasurements(without, { essentia: false })).toEqual([]);
});

test("a result of a newer program is not outdated", () => {
  const newer = made({
    schema: RESULT_SCHEMA + 1,
    measurements: { ...currentVersions(), tempo: tempo + 1 },
  });
  expect(isOutdated(newer)).toBe(false);
});
