import { expect, test } from "vitest";
import { brightness } from "../../../../src/webview/lanes/brightness";

/** 255 stands for 120 dB. */
const byte = (decibels: number): number => Math.round(((decibels + 120) / 120) * 255);

test("the loudest place is brightest, and dark begins 70 dB under it", () => {
  const bright = brightness(Uint8Array.of(byte(-10), byte(-45), byte(-80), byte(-100)));
  expect(bright(byte(-10))).toBe(1);
  expect(bright(byte(-45))).toBeCloseTo(0.5, 1);
  expect(bright(byte(-80))).toBeCloseTo(0, 1);
  expect(bright(byte(-100))).toBe(0);
});

test("a silent file is dark all over, and the faint noise of one is no bright picture", () => {
  expect(brightness(new Uint8Array(16))(0)).toBe(0);
  expect(brightness(Uint8Array.of(0, byte(-96)))(byte(-96))).toBeLessThan(0.5);
});
