/** What counts as silence where a sound's beginning, its end or a channel's use is looked for. */

/** Samples up to this (−60 dBFS, linear) are silence. */
export const SILENCE_PEAK = 0.001;
