/**
 * How much each channel counts (ITU-R BS.1770-5, table 4): 1.41 for loudspeakers at ear height and 60 to 120 degrees
 * to the side, nothing for the LFE channel, 1 for all others: in front, behind and above.
 */
const SIDE = 1.41;

/** Bits of WAV's channel mask. */
const FRONT_LEFT = 0x1;
const FRONT_RIGHT = 0x2;
const FRONT_CENTRE = 0x4;
const LFE = 0x8;
const BACK_LEFT = 0x10;
const BACK_RIGHT = 0x20;
const BACK_CENTRE = 0x100;
const SIDE_LEFT = 0x200;
const SIDE_RIGHT = 0x400;

const FRONT = FRONT_LEFT | FRONT_RIGHT | FRONT_CENTRE;
const BACK = BACK_LEFT | BACK_RIGHT;
const SIDES = SIDE_LEFT | SIDE_RIGHT;

/** What a channel count stands for when nothing else is said, in the orders of WAV and FLAC. */
const USUAL_MASKS: Partial<Record<number, number>> = {
  1: FRONT_CENTRE,
  2: FRONT_LEFT | FRONT_RIGHT,
  3: FRONT,
  4: FRONT_LEFT | FRONT_RIGHT | BACK,
  5: FRONT | BACK,
  6: FRONT | LFE | BACK,
  7: FRONT | LFE | BACK_CENTRE | SIDES,
  8: FRONT | LFE | BACK | SIDES,
};

/**
 * The weights of `channels` channels that stand where the bits of `mask` say, from the lowest bit on; by a null
 * mask, or one with another number of bits, as usual for their count. Of more than eight channels without a mask
 * nothing is known: the fourth is taken for LFE, all others count 1.
 */
export function channelWeights(channels: number, mask: number | null): readonly number[] {
  const given = mask === null ? [] : bitsOf(mask);
  const places = given.length === channels ? given : bitsOf(USUAL_MASKS[channels] ?? 0);
  if (places.length !== channels) return Array.from({ length: channels }, (_, i) => (i === 3 ? 0 : 1));
  // Behind there are surround speakers (110 degrees) unless others stand at the sides: then they are at 135.
  const sides = places.some((place) => (place & SIDES) !== 0) ? SIDES : BACK;
  return places.map((place) => (place === LFE ? 0 : (place & sides) !== 0 ? SIDE : 1));
}

function bitsOf(mask: number): number[] {
  return Array.from({ length: 18 }, (_, i) => 1 << i).filter((bit) => (mask & bit) !== 0);
}
