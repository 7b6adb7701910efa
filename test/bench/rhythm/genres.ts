/**
 * What many kinds of music look like in time, as general knowledge of their drum patterns, accompaniments and
 * usual tempos: the invented music that the tempo model is fitted on beside real pieces. A step string is one
 * bar in equal steps: "x" always sounds, a digit n with probability n / 10, "." never.
 */
import type { Sound } from "./synth";

export interface Part {
  sound: Sound;
  /** One of these is chosen a piece. */
  bars: readonly string[];
  /** Linear. */
  level?: number;
}

export interface Genre {
  name: string;
  /** BPM as a composer would write it. */
  tempo: readonly [slowest: number, fastest: number];
  /** Beats a bar. */
  beats: number;
  /** Share of the step pair that the first step may take: 0.5 straight, 0.67 triplets. */
  swing?: readonly [number, number];
  /** Steps that swing go in pairs of this many a beat. */
  parts: readonly Part[];
  /** Parts may be left out with this probability each (0.25 when not given). */
  thin?: number;
}

const FOUR_FLOOR = "x...x...x...x...";
const BACKBEAT = "....x.......x...";
const OFF_EIGHTHS = "..x...x...x...x.";
const EIGHTHS = "x.x.x.x.x.x.x.x.";
const SIXTEENTHS = "xxxxxxxxxxxxxxxx";
const LOOSE_16 = "5343534353435343";
const TUNE_8 = "9.7.9.7.9.7.9.7.";
const RUN_8 = "x.x.x.x.x.x.x.x.";

export const GENRES: readonly Genre[] = [
  {
    name: "house",
    tempo: [115, 134],
    beats: 4,
    parts: [
      { sound: "kick", bars: [FOUR_FLOOR], level: 1.2 },
      { sound: "clap", bars: [BACKBEAT, "....x.......x..2"] },
      { sound: "openHat", bars: [OFF_EIGHTHS] },
      { sound: "hat", bars: [SIXTEENTHS, EIGHTHS, "x.xxx.xxx.xxx.xx"] },
      { sound: "bass", bars: ["..x...x...x...x.", "x..x..x...x..x..", "5.5.55.5.5.5.55."] },
      { sound: "stab", bars: ["x..x..x.........", "..x..x....x..x..", "x..............."] },
    ],
  },
  {
    name: "techno and trance",
    tempo: [125, 150],
    beats: 4,
    parts: [
      { sound: "kick", bars: [FOUR_FLOOR], level: 1.2 },
      { sound: "clap", bars: [BACKBEAT] },
      { sound: "openHat", bars: [OFF_EIGHTHS] },
      { sound: "hat", bars: [SIXTEENTHS, EIGHTHS] },
      { sound: "bass", bars: [".xxx.xxx.xxx.xxx", OFF_EIGHTHS, SIXTEENTHS, LOOSE_16] },
      { sound: "lead", bars: [LOOSE_16, SIXTEENTHS, "x..x..x..x..x.x.", "x.xx.xx.x.xx.xx."] },
      { sound: "pad", bars: ["x..............."] },
    ],
  },
  {
    name: "electronic line",
    tempo: [118, 148],
    beats: 4,
    thin: 0.6,
    parts: [
      { sound: "lead", bars: [LOOSE_16, SIXTEENTHS, "x..x..x..x..x.x.", EIGHTHS], level: 1.2 },
      { sound: "bass", bars: [SIXTEENTHS, "x.x.xx.xx.x.xx.x", "x..x..x.x..x..x.", LOOSE_16], level: 1.2 },
      { sound: "stab", bars: ["x..x..x...x..x..", "x...x...x...x..."] },
      { sound: "hat", bars: [SIXTEENTHS, OFF_EIGHTHS, EIGHTHS] },
      { sound: "kick", bars: [FOUR_FLOOR] },
    ],
  },
  {
    name: "hardcore",
    tempo: [158, 195],
    beats: 4,
    parts: [
      { sound: "kick", bars: [FOUR_FLOOR], level: 1.3 },
      { sound: "snare", bars: [BACKBEAT, "....x.......x..3", "....x..x.x..x..."] },
      { sound: "openHat", bars: [OFF_EIGHTHS] },
      { sound: "hat", bars: [EIGHTHS, SIXTEENTHS] },
      { sound: "bass", bars: [OFF_EIGHTHS, EIGHTHS, "x..x..x.x..x..x."] },
      { sound: "stab", bars: ["x..x..x..x..x...", "x.....x....."] },
    ],
  },
  {
    name: "rock",
    tempo: [84, 152],
    beats: 4,
    parts: [
      {
        sound: "kick",
        bars: ["x.....2.x.3.....", "x.......x.......", "x..x....x.x.....", "x......xx......."],
        level: 1.1,
      },
      { sound: "snare", bars: [BACKBEAT], level: 1.1 },
      { sound: "hat", bars: [EIGHTHS, EIGHTHS, "x...x...x...x..."] },
      { sound: "bass", bars: [EIGHTHS, "x.....x.x.....x.", "x...x...x...x..."] },
      { sound: "strum", bars: [EIGHTHS, "x...x.x...x.x...", "x...............", "x...x...x...x..."] },
    ],
  },
  {
    name: "punk",
    tempo: [155, 212],
    beats: 4,
    parts: [
      { sound: "kick", bars: ["x.....x.x.....x.", "x.......x.x....."], level: 1.1 },
      { sound: "snare", bars: [BACKBEAT], level: 1.1 },
      { sound: "hat", bars: [EIGHTHS, "x...x...x...x..."] },
      { sound: "bass", bars: [EIGHTHS] },
      { sound: "strum", bars: [EIGHTHS, "x...x...x...x..."] },
    ],
  },
  {
    name: "hip hop",
    tempo: [76, 104],
    beats: 4,
    swing: [0.5, 0.62],
    parts: [
      { sound: "kick", bars: ["x..3...x.3x.....", "x......x.xx....2", "x.x.....x.x....."], level: 1.2 },
      { sound: "snare", bars: [BACKBEAT], level: 1.1 },
      { sound: "hat", bars: [EIGHTHS, SIXTEENTHS, "x.x3x.x3x.x3x.x3"] },
      { sound: "bass", bars: ["x..3...x..x.....", "x.......x.x....."] },
      { sound: "pluck", bars: ["x..x..x.4...4...", "x.x.5.x.x.5.5..."] },
    ],
  },
  {
    name: "trap",
    tempo: [64, 80],
    beats: 4,
    parts: [
      { sound: "kick", bars: ["x.....x...x.....", "x..x......x..x.."], level: 1.2 },
      { sound: "clap", bars: [BACKBEAT], level: 1.1 },
      { sound: "hat", bars: [SIXTEENTHS, "x.x.xxxxx.x.x.xx"] },
      { sound: "bass", bars: ["x.....x...x....."] },
      { sound: "pluck", bars: ["x.x.x.x.x.x.x.x.", "x...x...x...x..."] },
    ],
  },
  {
    name: "half-time",
    tempo: [136, 150],
    beats: 4,
    parts: [
      { sound: "kick", bars: ["x.........x.....", "x.....x......x..", "x..x............"], level: 1.2 },
      { sound: "snare", bars: ["........x......."], level: 1.2 },
      { sound: "hat", bars: [EIGHTHS, "x..x..x.x..x..x.", "x...x...x...x..."] },
      { sound: "bass", bars: ["x..x..x..x..x.x.", EIGHTHS, "x.x.xx.x.x.xx.x."] },
      { sound: "lead", bars: [TUNE_8, LOOSE_16] },
    ],
  },
  {
    name: "reggae",
    tempo: [66, 92],
    beats: 4,
    swing: [0.5, 0.62],
    parts: [
      { sound: "kick", bars: ["........x.......", "x.......x.......", "x...x...x...x..."], level: 1.1 },
      { sound: "rim", bars: ["........x.......", BACKBEAT] },
      { sound: "strum", bars: [OFF_EIGHTHS], level: 1.1 },
      { sound: "hat", bars: [EIGHTHS, OFF_EIGHTHS] },
      { sound: "bass", bars: ["x..x..x.x.3.....", "x.....x.x..x..x."], level: 1.2 },
    ],
  },
  {
    name: "dembow",
    tempo: [86, 104],
    beats: 4,
    parts: [
      { sound: "kick", bars: [FOUR_FLOOR], level: 1.2 },
      { sound: "snare", bars: ["...x..x....x..x."] },
      { sound: "hat", bars: [EIGHTHS, SIXTEENTHS] },
      { sound: "bass", bars: ["x..x..x.x..x..x.", "x...x...x...x..."] },
      { sound: "pluck", bars: ["x..x..x.x..x..x.", TUNE_8] },
    ],
  },
  {
    name: "drum and bass",
    tempo: [160, 180],
    beats: 4,
    parts: [
      { sound: "kick", bars: ["x.........x.....", "x.x.......x.....", "x......x..x....."], level: 1.2 },
      { sound: "snare", bars: ["....x.......x...", "....x..2.2..x..2", "....x..x.x..x..."], level: 1.1 },
      { sound: "hat", bars: [EIGHTHS, SIXTEENTHS, "x.x.x.x.x.xxx.x."] },
      { sound: "bass", bars: ["x...............", "x.....x...x.....", "x..x..x.x..x..x."] },
      { sound: "pad", bars: ["x..............."] },
    ],
  },
  {
    name: "breakbeat",
    tempo: [118, 172],
    beats: 4,
    parts: [
      { sound: "kick", bars: ["x.x.......xx....", "x.x.......x....."], level: 1.1 },
      { sound: "snare", bars: ["....x..x.x..x..x", "....x..2.2..x..2"], level: 1.1 },
      { sound: "ride", bars: [EIGHTHS] },
      { sound: "hat", bars: [EIGHTHS, SIXTEENTHS] },
      { sound: "bass", bars: ["x..x..x...x.....", "x..............."] },
    ],
  },
  {
    name: "funk",
    tempo: [92, 120],
    beats: 4,
    swing: [0.5, 0.56],
    parts: [
      { sound: "kick", bars: ["x.x....2..x..x..", "x..x..x...x....."], level: 1.1 },
      { sound: "snare", bars: ["....x..2.2..x..2"], level: 1.1 },
      { sound: "hat", bars: [SIXTEENTHS, EIGHTHS] },
      { sound: "bass", bars: ["x.x..x.xx..x.x..", "x..x..x.5..5.5.5"] },
      { sound: "strum", bars: ["..xx..xx..xx..xx", "x..x.xx.x..x.xx."] },
      { sound: "stab", bars: ["......x.......x.", "x..x............"] },
    ],
  },
  {
    name: "disco",
    tempo: [106, 128],
    beats: 4,
    parts: [
      { sound: "kick", bars: [FOUR_FLOOR], level: 1.1 },
      { sound: "snare", bars: [BACKBEAT] },
      { sound: "openHat", bars: [OFF_EIGHTHS] },
      { sound: "hat", bars: [SIXTEENTHS, "x.xxx.xxx.xxx.xx"] },
      { sound: "bass", bars: ["x.x.x.x.x.x.x.x."] },
      { sound: "strum", bars: ["..xx..xx..xx..xx", SIXTEENTHS] },
    ],
  },
  {
    name: "bossa",
    tempo: [112, 152],
    beats: 4,
    parts: [
      { sound: "kick", bars: ["x.....x.x.....x."], level: 0.9 },
      { sound: "rim", bars: ["x.....x.....x...", "..x...x...x....."] },
      { sound: "shaker", bars: [EIGHTHS] },
      { sound: "bass", bars: ["x.....x.x.....x."] },
      { sound: "strum", bars: ["x...x.....x.....", "..x...x...x....."] },
    ],
  },
  {
    name: "salsa",
    tempo: [84, 112],
    beats: 4,
    parts: [
      { sound: "conga", bars: ["x.x.x.xxx.x.x.xx", "x..xx.xxx..xx.xx"] },
      { sound: "cowbell", bars: ["x.x.x.x.x.x.x.x.", FOUR_FLOOR, "x.xxx.xxx.xxx.xx"] },
      { sound: "rim", bars: ["x..x..x...x.x...", "..x.x...x..x..x."] },
      { sound: "bass", bars: ["...x..x....x..x.", "......x.....x..."] },
      { sound: "pluck", bars: ["x.xx.xx.xx.xx.xx", "x.x.xx.x.x.xx.x."] },
    ],
  },
  {
    name: "ballad",
    tempo: [54, 78],
    beats: 4,
    parts: [
      { sound: "kick", bars: ["x.......x.......", "x.......x.x....."] },
      { sound: "snare", bars: [BACKBEAT] },
      { sound: "hat", bars: [EIGHTHS] },
      { sound: "pluck", bars: [EIGHTHS, SIXTEENTHS, "x...x...x...x..."] },
      { sound: "bass", bars: ["x...............", "x.......x.......", "x.....x.x......."] },
      { sound: "lead", bars: ["x...5.5.x...5...", TUNE_8] },
      { sound: "pad", bars: ["x..............."] },
    ],
  },
  {
    name: "swing",
    tempo: [105, 225],
    beats: 4,
    swing: [0.6, 0.7],
    parts: [
      { sound: "ride", bars: ["x.xxx.xx", "x.x2x.x2"] },
      { sound: "hat", bars: ["..x...x."], level: 1.2 },
      { sound: "bass", bars: ["x.x.x.x.", "x...x..."], level: 1.1 },
      { sound: "pluck", bars: ["3.434.43", "9.7.97.7"] },
      { sound: "stab", bars: ["x..x....", "...x...x", "..x...x."] },
      { sound: "kick", bars: ["x.x.x.x.", "x..3...3"], level: 0.5 },
    ],
  },
  {
    name: "jazz waltz",
    tempo: [118, 190],
    beats: 3,
    swing: [0.58, 0.68],
    parts: [
      { sound: "ride", bars: ["x.xxx.", "x.xxxx"] },
      { sound: "hat", bars: ["..x.x.", "..x..."] },
      { sound: "bass", bars: ["x.x.x.", "x.....", "x..x.."], level: 1.1 },
      { sound: "kick", bars: ["x....."] },
      { sound: "pluck", bars: ["9.7.97", "x..x..", "5.5.55"] },
    ],
  },
  {
    name: "ragtime",
    tempo: [72, 104],
    beats: 2,
    thin: 0.1,
    parts: [
      { sound: "bassNote", bars: ["x...x..."], level: 1.1 },
      { sound: "chord", bars: ["..x...x."] },
      { sound: "pluck", bars: ["x.xx.xx.", ".xx.xxx.", "xx.xx.xx", "x7.xx.x7"] },
    ],
  },
  {
    name: "two-beat",
    tempo: [96, 220],
    beats: 4,
    thin: 0.1,
    parts: [
      { sound: "bassNote", bars: ["x...x..."], level: 1.1 },
      { sound: "chord", bars: ["..x...x."] },
      { sound: "lead", bars: ["9.8.8.8.", "x...7.7.", "97979797"] },
      { sound: "snare", bars: ["..x...x.", "..x..xx."], level: 0.7 },
    ],
  },
  {
    name: "march",
    tempo: [96, 140],
    beats: 2,
    thin: 0.1,
    parts: [
      { sound: "bassNote", bars: ["x...x..."], level: 1.1 },
      { sound: "chord", bars: ["..x...x."] },
      { sound: "lead", bars: ["9.7.9.7.", "x.xxx.xx", "x..xx..x"] },
    ],
  },
  {
    name: "waltz",
    tempo: [84, 190],
    beats: 3,
    thin: 0.15,
    parts: [
      { sound: "bassNote", bars: ["x....."], level: 1.1 },
      { sound: "chord", bars: ["..x.x."] },
      { sound: "pluck", bars: ["9.8.8.", "x...x.", "x.7777", "979797"] },
    ],
  },
  {
    name: "minuet",
    tempo: [92, 140],
    beats: 3,
    thin: 0.1,
    parts: [
      { sound: "bassNote", bars: ["x.x.x.", "x...x.", "x....."] },
      { sound: "pluck", bars: ["x.xxxx", "x.x.x.", "xxxxxx", "979797"] },
    ],
  },
  {
    name: "jig",
    tempo: [88, 136],
    beats: 2,
    thin: 0.2,
    parts: [
      { sound: "pluck", bars: ["xxxxxx", "x.xx.x", "x.xxxx", "x98x98"], level: 1.1 },
      { sound: "strum", bars: ["x..x..", "x.....", "x.xx.x"] },
      { sound: "bassNote", bars: ["x..x..", "x....."] },
    ],
  },
  {
    name: "slow six-eight",
    tempo: [48, 80],
    beats: 2,
    thin: 0.2,
    parts: [
      { sound: "lead", bars: ["x.xx.x", "x.xx..", "x..x.x", "x.xxxx"] },
      { sound: "pluck", bars: ["xxxxxx", "x.xx.x"] },
      { sound: "bassNote", bars: ["x.....", "x..x.."] },
      { sound: "pad", bars: ["x....."] },
    ],
  },
  {
    name: "reel",
    tempo: [94, 176],
    beats: 4,
    thin: 0.2,
    parts: [
      { sound: "pluck", bars: ["xxxxxxxx", "x.xxx.xx", "x.x.xxxx", "98989898"], level: 1.1 },
      { sound: "strum", bars: ["x...x...", "x.x.x.x.", "..x...x."] },
      { sound: "bassNote", bars: ["x...x...", "x.......", "x.x.x.x."] },
    ],
  },
  {
    name: "song",
    tempo: [76, 150],
    beats: 4,
    thin: 0.2,
    parts: [
      { sound: "lead", bars: ["x.x.x.x.", "x.7.x.7.", "x...x.x.", "8.8.8.88"] },
      { sound: "pluck", bars: ["x.x.x.x.", "xxxxxxxx", "x...x..."] },
      { sound: "bassNote", bars: ["x...x...", "x.......", "x.x.x.x."] },
    ],
  },
  {
    name: "chorale",
    tempo: [54, 108],
    beats: 4,
    thin: 0.05,
    parts: [
      { sound: "voice", bars: ["x.x.x.x.", "x.x3x.x3"] },
      { sound: "voice", bars: ["x.x.x.x.", "x3x4x4x3"] },
      { sound: "voice", bars: ["x4x5x5x4", "x.x2x2x."] },
      { sound: "voice", bars: ["x5x5x5x5", "x.x3x3x."] },
    ],
  },
  {
    name: "slow classical",
    tempo: [52, 100],
    beats: 4,
    thin: 0.1,
    parts: [
      { sound: "bassNote", bars: ["x.x.x.x.", "x...x...", "x3x3x3x3"] },
      { sound: "voice", bars: ["xxxxxxxx", "x.xxx.xx", "79797979"] },
      { sound: "voice", bars: ["x.x.x.x.", "x.x4x.x4", "x...x5x."] },
      { sound: "pluck", bars: ["xxxxxxxx", "x.x.x.x.", "x.x.xxxx"] },
    ],
  },
  {
    name: "quartet",
    tempo: [80, 172],
    beats: 4,
    thin: 0.1,
    parts: [
      { sound: "voice", bars: ["x.5.5.5.", "7.7.7777", "x...5..."] },
      { sound: "voice", bars: [RUN_8.slice(0, 8), "xxxxxxxx", "..x...x.", ".xxx.xxx"] },
      { sound: "voice", bars: ["x.x.x.x.", "xxxxxxxx", "x...x..."] },
      { sound: "bassNote", bars: ["x.x.x.x.", "x...x...", "x......."] },
    ],
  },
  {
    name: "piano figures",
    tempo: [64, 144],
    beats: 4,
    thin: 0.1,
    parts: [
      { sound: "pluck", bars: [SIXTEENTHS, "x.x.x.x.x.x.x.x.", ".xxx.xxx.xxx.xxx"] },
      { sound: "bassNote", bars: ["x.......x.......", "x...x...x...x...", "x..............."] },
      { sound: "lead", bars: ["x...x...x.....x.", "7...7.7.7...7.7.", "x......."] },
    ],
  },
  {
    name: "slow strings",
    tempo: [54, 92],
    beats: 4,
    thin: 0.15,
    parts: [
      { sound: "bassNote", bars: ["x.x.x.x.", "x...x..."] },
      { sound: "voice", bars: ["x.x.x.x.", "xxxxxxxx", "x...x..."] },
      { sound: "voice", bars: ["x...x...", "7.7.7.7.", "77777777"] },
    ],
  },
  { name: "clicks", tempo: [40, 240], beats: 1, parts: [{ sound: "tick", bars: ["x"] }], thin: 0 },
  { name: "kicks", tempo: [56, 205], beats: 1, parts: [{ sound: "kick", bars: ["x"] }], thin: 0 },
];
