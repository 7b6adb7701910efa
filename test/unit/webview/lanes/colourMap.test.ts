import { expect, test } from "vitest";
import { plasma } from "../../../../src/webview/lanes/colourMap";

/** CIE lightness (0–100) of an sRGB colour. */
function lightness([red = 0, green = 0, blue = 0]: readonly number[]): number {
  const linear = [red, green, blue].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const [r = 0, g = 0, b = 0] = linear;
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return luminance > 0.008856 ? 116 * Math.cbrt(luminance) - 16 : 903.3 * luminance;
}

const table = plasma();
const colour = (index: number): number[] => [...table.subarray(index * 3, index * 3 + 3)];

test("the colour map begins and ends with its published stops", () => {
  expect(table).toHaveLength(256 * 3);
  expect(colour(0)).toEqual([0x0d, 0x08, 0x87]);
  expect(colour(255)).toEqual([0xf0, 0xf9, 0x21]);
});

test("louder is lighter, all the way up", () => {
  const all = Array.from({ length: 256 }, (_, index) => lightness(colour(index)));
  // Rounding to bytes may take back a tenth.
  for (let index = 1; index < 256; index++)
    expect(all[index], `colour ${index}`).toBeGreaterThan((all[index - 1] ?? 0) - 0.1);
  for (let index = 8; index < 256; index++)
    expect(all[index], `colour ${index}`).toBeGreaterThan(all[index - 8] ?? 0);
});
