/** What is sold as loops: a few bars of drums, of a bass, a guitar, a section of brass, a synthesizer. */
import type { Genre } from "./genre";

const EIGHTHS = "x.x.x.x.x.x.x.x.";
const SIXTEENTHS = "xxxxxxxxxxxxxxxx";

export const LOOPS: readonly Genre[] = [
  {
    name: "drum loop",
    tempo: [84, 182],
    beats: 4,
    parts: [
      {
        sound: "kick",
        bars: [
          "x...x...x...x...",
          "x.....x.x.......",
          "x.x.......x.....",
          "x..x..x.x..x..x.",
          "x.........xx....",
        ],
        level: 1.2,
      },
      {
        sound: "snare",
        bars: [
          "....x.......x...",
          "....x..2.2..x..2",
          "....x..x.x..x...",
          "........x.......",
          "..x..x....x..x.x",
        ],
      },
      {
        sound: "hat",
        bars: [EIGHTHS, SIXTEENTHS, "x.xxx.xxx.xxx.xx", "..x...x...x...x.", "x.x.xxx.x.x.x.xx"],
      },
      { sound: "openHat", bars: ["..x...x...x...x.", "......x.......x.", "..............x."] },
      { sound: "conga", bars: ["x..x..x.x..x..x.", "x.xx.x.xx.xx.x.x", "..xx..xx..xx..xx"] },
      { sound: "shaker", bars: [SIXTEENTHS, "x.xxx.xxx.xxx.xx"] },
    ],
  },
  {
    name: "one drum",
    tempo: [84, 186],
    beats: 4,
    parts: [
      {
        sound: "kick",
        bars: ["x...x...x...x...", "x...x...x...x.x.", "x...x..xx...x...", "x.......x......."],
      },
      {
        sound: "snare",
        bars: [
          "....x.......x...",
          "....x.......x.xx",
          "x...x...x...x...",
          "....x..x.x..x...",
          "....x.......xxxx",
        ],
      },
      { sound: "hat", bars: [EIGHTHS, SIXTEENTHS, "..x...x...x...x."] },
    ],
  },
  {
    name: "bass loop",
    tempo: [96, 184],
    beats: 4,
    parts: [
      {
        sound: "bass",
        bars: [
          EIGHTHS,
          "..x...x...x...x.",
          SIXTEENTHS,
          "x..x..x.x..x..x.",
          "x..x..x...x.x...",
          "x.xx.xx.x.xx.xx.",
          ".xxx.xxx.xxx.xxx",
          "x.....x.x.....x.",
          "x..xx..xx..x..x.",
        ],
      },
      { sound: "synth", bars: [SIXTEENTHS, EIGHTHS, "x..x..x..x..x.x.", "x.xxx.xxx.xxx.xx"] },
    ],
  },
  {
    name: "synthesizer loop",
    tempo: [110, 160],
    beats: 4,
    parts: [
      {
        sound: "synth",
        bars: [
          SIXTEENTHS,
          EIGHTHS,
          "x..x..x..x..x.x.",
          "x.xxx.xxx.xxx.xx",
          "x..x..x...x..x..",
          "x.xx.xx.x.xx.xx.",
          "x...x...x...x...",
        ],
      },
      { sound: "stab", bars: ["x..x..x.........", "..x...x...x...x.", "x..x..x..x..x..."] },
      { sound: "pad", bars: ["x.......x.......", "x..............."] },
    ],
  },
  {
    name: "guitar loop",
    tempo: [84, 148],
    beats: 4,
    parts: [
      {
        sound: "strum",
        bars: [
          EIGHTHS,
          "x..x..x.x..x..x.",
          "x.x.xx.xx.x.xx.x",
          "..x...x...x...x.",
          "x...x.x...x.x.x.",
          "x..x..x...x.x...",
          "x.xx.xx.xx.xx.xx",
        ],
      },
      { sound: "arpeggio", bars: [SIXTEENTHS, EIGHTHS, "x.x.xxx.x.x.xxx."] },
      { sound: "pluck", bars: ["x.x.xx.x.x.xx.x.", "x..x..x...x.x.x.", "x.xxx.x.x.xxx.x."] },
    ],
  },
  {
    name: "brass loop",
    tempo: [90, 148],
    beats: 4,
    parts: [
      {
        sound: "stab",
        bars: ["x..x..x.........", "x.x..x..x.x..x..", "..xx..x...xx..x.", "x......xx......x"],
        level: 1.2,
      },
      { sound: "chord", bars: ["x..x..x...x.x...", "x.....x...x....."] },
      { sound: "conga", bars: ["x.x.x.xxx.x.x.xx", "x..xx.xxx..xx.xx"] },
    ],
  },
  {
    name: "piano loop",
    tempo: [80, 140],
    beats: 4,
    parts: [
      {
        sound: "chord",
        bars: ["x..x..x...x..x..", "x...x...x...x...", "x.x..x.xx.x..x.x", "..x..x..x..x..x."],
      },
      { sound: "arpeggio", bars: [SIXTEENTHS, EIGHTHS, "x..x..x..x..x.x."] },
      { sound: "bassNote", bars: ["x.......x.......", "x.....x.x......."] },
    ],
  },
];
