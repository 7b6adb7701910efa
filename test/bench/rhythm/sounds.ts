/** Which instruments of General MIDI play what, and what they do: drums, bass, chords or a line. */

export type Role = "drum" | "bass" | "chord" | "line" | "arpeggio";

export type Sound =
  | "kick"
  | "snare"
  | "clap"
  | "hat"
  | "openHat"
  | "ride"
  | "rim"
  | "conga"
  | "cowbell"
  | "shaker"
  | "tick"
  | "bass"
  | "bassNote"
  | "pluck"
  | "chord"
  | "strum"
  | "stab"
  | "lead"
  | "pad"
  | "arpeggio"
  | "synth"
  | "soprano"
  | "alto"
  | "tenor"
  | "lowest";

export interface Instrument {
  role: Role;
  /** General MIDI programs from 0, or keys of the drum kit; one is chosen a piece. "ensemble": see ENSEMBLES. */
  programs: readonly number[] | "ensemble";
  /** MIDI notes. */
  range: readonly [lowest: number, highest: number];
  /** Share of the time to the next note that a note lasts. */
  lasts: readonly [shortest: number, longest: number];
}

const PIANOS = [0, 0, 1, 2, 3, 4, 5];
const GUITARS = [24, 25, 26, 27, 28];
const STRINGS = [40, 41, 48, 49, 50];
const WINDS = [56, 60, 64, 65, 66, 68, 71, 72, 73, 74, 75, 78, 79];
const DRY = [0.9, 1] as const;

const drum = (...keys: number[]): Instrument => ({
  role: "drum",
  programs: keys,
  range: [0, 127],
  lasts: DRY,
});

export const INSTRUMENTS: Record<Sound, Instrument> = {
  kick: drum(35, 36),
  snare: drum(38, 40),
  clap: drum(39),
  hat: drum(42, 44),
  openHat: drum(46),
  ride: drum(51, 53, 59),
  rim: drum(37, 75),
  conga: drum(62, 63, 64, 60, 61),
  cowbell: drum(56, 67),
  shaker: drum(70, 82, 69),
  tick: drum(76, 37, 75, 77, 33),
  bass: { role: "bass", programs: [32, 33, 34, 35, 36, 37, 38, 39], range: [28, 45], lasts: [0.4, 0.95] },
  bassNote: {
    role: "bass",
    programs: [0, 0, 32, 32, 33, 43, 58, 57, 24, 21],
    range: [33, 52],
    lasts: [0.4, 0.95],
  },
  pluck: {
    role: "line",
    programs: [...PIANOS, ...GUITARS, 6, 11, 12, 13, 15, 46, 105, 107],
    range: [60, 84],
    lasts: [0.5, 1],
  },
  chord: {
    role: "chord",
    programs: [...PIANOS, ...GUITARS, 16, 21, 22, 61, 60, 48],
    range: [52, 70],
    lasts: [0.3, 0.9],
  },
  strum: {
    role: "chord",
    programs: [...GUITARS, ...GUITARS, 29, 30, 31, 7],
    range: [50, 72],
    lasts: [0.3, 0.95],
  },
  stab: {
    role: "chord",
    programs: [0, 2, 4, 17, 55, 61, 62, 63, 80, 81, 90],
    range: [55, 76],
    lasts: [0.3, 0.8],
  },
  lead: {
    role: "line",
    programs: [...WINDS, ...STRINGS, 21, 22, 52, 53, 80, 81, 82, 85, 110],
    range: [62, 84],
    lasts: [0.7, 1],
  },
  pad: {
    role: "chord",
    programs: [48, 49, 50, 51, 52, 54, 88, 89, 90, 91, 94, 95, 16, 19],
    range: [50, 74],
    lasts: DRY,
  },
  arpeggio: {
    role: "arpeggio",
    programs: [0, 0, 0, 6, 6, 24, 24, 46, 48, 40, 11, 14],
    range: [52, 79],
    lasts: [0.6, 1],
  },
  synth: {
    role: "arpeggio",
    programs: [38, 39, 80, 81, 82, 84, 86, 87, 90, 62],
    range: [45, 76],
    lasts: [0.3, 1],
  },
  soprano: { role: "line", programs: "ensemble", range: [62, 81], lasts: [0.8, 1] },
  alto: { role: "line", programs: "ensemble", range: [55, 72], lasts: [0.8, 1] },
  tenor: { role: "line", programs: "ensemble", range: [48, 67], lasts: [0.8, 1] },
  lowest: { role: "bass", programs: "ensemble", range: [36, 55], lasts: [0.8, 1] },
};

/** Programs of soprano, alto, tenor and lowest that play together. */
export const ENSEMBLES: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 0, 0],
  [0, 0, 0, 0],
  [40, 40, 41, 42],
  [40, 40, 41, 42],
  [48, 48, 48, 48],
  [48, 48, 48, 43],
  [49, 49, 49, 49],
  [52, 52, 52, 52],
  [53, 53, 53, 53],
  [52, 52, 52, 32],
  [19, 19, 19, 19],
  [20, 20, 20, 20],
  [16, 16, 16, 16],
  [6, 6, 6, 6],
  [56, 56, 57, 58],
  [56, 60, 57, 58],
  [61, 61, 61, 61],
  [73, 68, 71, 70],
  [68, 69, 71, 70],
  [74, 74, 74, 74],
  [71, 71, 71, 70],
  [65, 65, 66, 67],
  [24, 24, 24, 24],
  [73, 40, 41, 42],
  [40, 40, 6, 42],
  [21, 21, 21, 21],
];

/** Programs of the drum kits, the usual one most often. */
export const KITS = [0, 0, 0, 0, 0, 8, 16, 24, 25, 25, 32, 40] as const;
