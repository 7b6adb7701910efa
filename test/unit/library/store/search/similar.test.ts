/** What is most like a track comes first, by values that can be worked out. */
import { expect, test } from "vitest";
import { applyOperations } from "../../../../../src/library/store/operations";
import { nearestTo } from "../../../../../src/library/store/search/similar";
import type { Analysis } from "../../../../../src/shared/analysis";
import { libraryOf, namesFound, track } from "./someLibrary";

const timbre = (first: number) => ({
  mfccMean: [0, first, ...new Array<number>(11).fill(0)],
  mfccStd: new Array<number>(13).fill(1),
});
const sounding = (
  name: string,
  said: { mfcc?: number; tempo?: number | null; camelot?: string },
): Analysis => ({
  ...track(name, said),
  timbre: timbre(said.mfcc ?? 0),
});

test("the same values are nearest, then half the tempo, then a neighbouring key, then another timbre", async () => {
  const library = await libraryOf([
    sounding("seed", {}),
    sounding("twin", {}),
    sounding("half", { tempo: 62.3 }),
    sounding("neighbour", { camelot: "9A" }),
    sounding("far key", { camelot: "2A" }),
    sounding("other", { mfcc: 90, camelot: "2B" }),
    { ...sounding("without", {}), timbre: null },
  ]);
  expect(await namesFound(library, "similar:seed")).toEqual([
    "twin",
    "half",
    "neighbour",
    "far key",
    "other",
  ]);
  expect(await namesFound(library, "similar:seed sort:path key:8A")).toEqual(["half", "twin"]);
  expect(nearestTo(library, 1, 2)?.map(({ distance }) => distance.toFixed(3))).toEqual(["0.000", "0.015"]);
});

test("a distance is the root mean square of the parts that both have", async () => {
  const library = await libraryOf([
    sounding("a", { camelot: "1A" }),
    sounding("b", { camelot: "4B", tempo: null }),
  ]);
  // Timbre, brightness and loudness are the same; three steps and the mode are 4 · √2/3.7; tempo is not counted.
  const key = (4 * Math.SQRT2) / 3.7;
  expect(nearestTo(library, 1, 5)?.[0]?.distance).toBeCloseTo(Math.sqrt((key * key) / 4), 6);
});

test("a changed row is compared anew", async () => {
  const library = await libraryOf([
    sounding("a", {}),
    sounding("b", { tempo: 170 }),
    sounding("c", { tempo: 130 }),
  ]);
  expect(await namesFound(library, "similar:a")).toEqual(["c", "b"]);
  applyOperations(library, [{ kind: "put", table: "tracks", row: { path: "b", rhythm_tempo: 124 } }]);
  expect(await namesFound(library, "similar:a")).toEqual(["b", "c"]);
});

test("a track without timbre says so", async () => {
  const library = await libraryOf([{ ...track("a"), timbre: null }]);
  await expect(namesFound(library, "similar:a")).rejects.toThrow("has no timbre that could be compared");
});
