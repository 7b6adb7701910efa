/** What an AC-3 header says of its channels. */
import { expect, it } from "vitest";
import { parseAc3Header } from "../../../../../src/worker/decode/ac3/ac3Frames";

/** A header of 48 kHz and 192 kbit/s whose mode is followed by `mixing` bits of mixing levels. */
function header(mode: number, mixing: number, hasLowFrequencies: boolean): Uint8Array {
  const bits = (mode << 13) | (hasLowFrequencies ? 1 << (12 - mixing) : 0);
  return Uint8Array.of(0x0b, 0x77, 0, 0, 0x14, 8 << 3, bits >> 8, bits & 0xff);
}

it.each([
  ["mono", 1, 0, false, 1, 0x4],
  ["stereo", 2, 2, false, 2, 0x3],
  ["2.1", 2, 2, true, 3, 0xb],
  ["3.0", 3, 2, false, 3, 0x7],
  ["2/1", 4, 2, false, 3, 0x103],
  ["3/1 with low frequencies", 5, 4, true, 5, 0x10f],
  ["2/2", 6, 2, false, 4, 0x603],
  ["5.1", 7, 4, true, 6, 0x60f],
])("%s", (_, mode, mixing, hasLowFrequencies, channels, channelMask) => {
  expect(parseAc3Header(header(mode, mixing, hasLowFrequencies), 0)).toMatchObject({ channels, channelMask });
});
