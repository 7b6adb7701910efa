/** Music of bands: rock, funk, jazz, Latin. */
import type { Genre } from "./genre";

const FOUR_FLOOR = "x...x...x...x...";
const BACKBEAT = "....x.......x...";
const OFF_EIGHTHS = "..x...x...x...x.";
const EIGHTHS = "x.x.x.x.x.x.x.x.";
const SIXTEENTHS = "xxxxxxxxxxxxxxxx";
const TUNE_8 = "9.7.9.7.9.7.9.7.";

export const BANDS: readonly Genre[] = [
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
];
