/** Music of machines: club music and hip hop. */
import type { Genre } from "./genre";

const FOUR_FLOOR = "x...x...x...x...";
const BACKBEAT = "....x.......x...";
const OFF_EIGHTHS = "..x...x...x...x.";
const EIGHTHS = "x.x.x.x.x.x.x.x.";
const SIXTEENTHS = "xxxxxxxxxxxxxxxx";
const LOOSE_16 = "5343534353435343";
const TUNE_8 = "9.7.9.7.9.7.9.7.";

export const ELECTRONIC: readonly Genre[] = [
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
];
