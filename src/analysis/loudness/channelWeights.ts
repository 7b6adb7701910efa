/**
 * How much each channel counts (ITU-R BS.1770-5, tables 3 and 4): 1.41 for loudspeakers at the sides (60 to
 * 120 degrees), nothing for the LFE channel, 1 for all others.
 */
const SIDE = 1.41;

const WEIGHTS: Record<number, readonly number[]> = {
  4: [1, 1, SIDE, SIDE],
  5: [1, 1, 1, SIDE, SIDE],
  6: [1, 1, 1, 0, SIDE, SIDE],
  7: [1, 1, 1, 0, 1, SIDE, SIDE],
  8: [1, 1, 1, 0, 1, 1, SIDE, SIDE],
};

/**
 * The weights by channel count, in the order of WAV and FLAC: one to three channels are front channels, 4 is
 * quadraphonic, 5 is L R C Ls Rs, 6 adds LFE in the fourth place, 7 is 6.1 (rear centre, then sides), 8 is 7.1
 * (rear, then sides). Of more channels nothing is known: the fourth is taken for LFE, all others count 1.
 */
export function channelWeights(channels: number): readonly number[] {
  const known = WEIGHTS[channels];
  if (known) return known;
  return Array.from({ length: channels }, (_, i) => (channels > 8 && i === 3 ? 0 : 1));
}
