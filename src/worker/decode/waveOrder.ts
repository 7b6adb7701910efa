/**
 * The order of channels. Vorbis and Opus put the centre second and the low-frequency channel last (Vorbis I,
 * 4.3.9; RFC 7845, 5.1.1.2); everything behind the decoders expects the order of WAV: left, right, centre,
 * low frequencies, then the others.
 */
const ORDER_BY_COUNT: Partial<Record<number, readonly number[]>> = {
  3: [0, 2, 1],
  5: [0, 2, 1, 3, 4],
  6: [0, 2, 1, 5, 3, 4],
  7: [0, 2, 1, 6, 5, 3, 4],
  8: [0, 2, 1, 7, 5, 6, 3, 4],
};

/** The same arrays in WAV's order. */
export function toWaveOrder(channels: Float32Array[]): Float32Array[] {
  const order = ORDER_BY_COUNT[channels.length];
  if (!order) return channels;
  return order.flatMap((from) => channels[from] ?? []);
}
