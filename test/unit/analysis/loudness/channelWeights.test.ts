/** Weights by where the channels stand, as ITU-R BS.1770-5, table 4 has them. */
import { expect, it } from "vitest";
import { channelWeights } from "../../../../src/analysis/loudness/channelWeights";

const S = 1.41;

it.each([
  [1, [1]],
  [2, [1, 1]],
  [3, [1, 1, 1]],
  [4, [1, 1, S, S]],
  [5, [1, 1, 1, S, S]],
  [6, [1, 1, 1, 0, S, S]],
  [7, [1, 1, 1, 0, 1, S, S]],
  [8, [1, 1, 1, 0, 1, 1, S, S]],
])("%i channels are weighted as usual when nothing is said of them", (channels, weights) => {
  expect(channelWeights(channels, null)).toEqual(weights);
});

it.each([
  ["5.1 with surround speakers called back", 0x3f, [1, 1, 1, 0, S, S]],
  ["5.1 with surround speakers called side", 0x60f, [1, 1, 1, 0, S, S]],
  ["5.0", 0x37, [1, 1, 1, S, S]],
  ["2.1", 0x0b, [1, 1, 0]],
  ["3.1", 0x0f, [1, 1, 1, 0]],
  ["4.0 with one speaker behind", 0x107, [1, 1, 1, 1]],
  ["7.1: those behind stand at 135 degrees", 0x63f, [1, 1, 1, 0, 1, 1, S, S]],
  ["5.1.2: those above count 1", 0x560f, [1, 1, 1, 0, S, S, 1, 1]],
])("%s", (_, mask, weights) => {
  expect(channelWeights(weights.length, mask)).toEqual(weights);
});

it("takes a mask that does not fit the count for none", () => {
  expect(channelWeights(2, 0x3f)).toEqual([1, 1]);
  expect(channelWeights(6, 0)).toEqual([1, 1, 1, 0, S, S]);
});

it("leaves the fourth of many channels out, and counts all others alike", () => {
  expect(channelWeights(10, null)).toEqual([1, 1, 1, 0, 1, 1, 1, 1, 1, 1]);
});
