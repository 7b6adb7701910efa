/** The colour map "plasma" of Matplotlib: from dark blue to yellow, ever lighter, by its ten published stops. */

/** 0xRRGGBB. */
const PLASMA = [
  0x0d0887, 0x46039f, 0x7201a8, 0x9c179e, 0xbd3786, 0xd8576b, 0xed7953, 0xfb9f3a, 0xfdca26, 0xf0f921,
] as const;

/** 256 colours, three bytes each (red, green, blue). */
export function plasma(): Uint8Array {
  const table = new Uint8Array(256 * 3);
  for (let index = 0; index < 256; index++) {
    const place = (index / 255) * (PLASMA.length - 1);
    const stop = Math.min(Math.floor(place), PLASMA.length - 2);
    const [low = 0, high = 0] = PLASMA.slice(stop, stop + 2);
    for (let channel = 0; channel < 3; channel++) {
      const shift = 16 - 8 * channel;
      const [from, to] = [(low >> shift) & 255, (high >> shift) & 255];
      table[index * 3 + channel] = Math.round(from + (to - from) * (place - stop));
    }
  }
  return table;
}
