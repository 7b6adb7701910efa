/** Dances, marches, rags and songs: a tune over a bass that goes to and fro. */
import type { Genre } from "./genre";

/** Cells of a tune in plain time, by its usual speed … */
const REEL = [
  ["xx.x", "xxxx", "xxxx", "x.xx"],
  ["xx", "xx", "xx", "x"],
  ["xx", "xx", "x"],
] as const;
const SONG = [
  ["x", "x", "xx", "-"],
  ["x", "xx", "xx"],
  ["x", "x", "x", "-", "x..x"],
  ["x..x", "x", "-x"],
] as const;
const HOPPING = [
  ["x..x", "x..x", "x..x", "x"],
  ["x.x", "x.x", "xxx"],
] as const;
/** … and in threes. */
const JIG = [
  ["xxx", "xxx", "xxx", "x.x"],
  ["x.x", "x.x", "xxx", "x.."],
  ["xxx", "x.x"],
] as const;
const SLOW_SIX = [
  ["x.x", "x.x", "x..", "xxx"],
  ["x..xx.", "x.x...", "x.....", "x.x.x."],
  ["x..x.x", "x.x.x.", "x...x."],
  ["x..", "x.x", "-.x"],
] as const;

export const DANCES: readonly Genre[] = [
  {
    name: "ragtime",
    tempo: [66, 104],
    beats: 2,
    thin: 0,
    harmony: [1, 2, 2, 4],
    phrase: [2, 4, 8],
    parts: [
      { sound: "bassNote", bars: ["x...x...", "x...x...", "x...x.x."], level: 1.1 },
      { sound: "chord", bars: ["..x...x.", "..x...x.", "..x....."] },
      {
        sound: "pluck",
        cells: [
          ["x.xx", ".xx.", "xxxx", "x.xx", "xx.x"],
          ["xx.x", "-x.x", "x.x.", "xx.x"],
          ["xxxx", "x.xx", "x.x."],
        ],
      },
      { sound: "pluck", cells: [["x.xx", "x.x.", "....", "x..."]], level: 0.6 },
    ],
  },
  {
    name: "two-beat",
    tempo: [96, 220],
    beats: 4,
    thin: 0.1,
    parts: [
      { sound: "bassNote", bars: ["x...x..."], level: 1.1 },
      { sound: "chord", bars: ["..x...x.", "x.x.x.x."] },
      { sound: "lead", cells: SONG },
      {
        sound: "lead",
        cells: [
          ["xx", "x", "xx"],
          ["x", "-"],
        ],
        level: 0.7,
      },
      { sound: "snare", bars: ["..x...x.", "..x..xx."], level: 0.7 },
    ],
  },
  {
    name: "march",
    tempo: [96, 140],
    beats: 2,
    thin: 0.1,
    harmony: [2, 4, 1],
    parts: [
      { sound: "bassNote", bars: ["x...x..."], level: 1.1 },
      { sound: "chord", bars: ["..x...x.", "..xx..xx"] },
      {
        sound: "lead",
        cells: [
          ["x.x.", "x.xx", "x...", "x..x"],
          ["x..x", "x.x.", "x..."],
          ["xxxx", "x.x.", "x.xx"],
        ],
      },
      { sound: "snare", bars: ["x.xxx.xx", "x.x.x.x.", "x.xxx.x."], level: 0.7 },
      { sound: "kick", bars: ["x...x..."], level: 0.9 },
    ],
  },
  {
    name: "polka",
    tempo: [96, 132],
    beats: 2,
    thin: 0.1,
    harmony: [2, 4],
    parts: [
      { sound: "bassNote", bars: ["x...x..."], level: 1.1 },
      { sound: "chord", bars: ["..x...x."] },
      {
        sound: "lead",
        cells: [
          ["xx", "xx", "x"],
          ["xxxx", "x.x.", "x.xx"],
          ["x", "xx", "x.xx"],
        ],
      },
      { sound: "snare", bars: ["..x...x."], level: 0.6 },
    ],
  },
  {
    name: "waltz",
    tempo: [84, 200],
    beats: 3,
    thin: 0.15,
    harmony: [3, 3, 6],
    parts: [
      { sound: "bassNote", bars: ["x....."], level: 1.1 },
      { sound: "chord", bars: ["..x.x."] },
      {
        sound: "lead",
        cells: [
          ["x", "x", "xx", "-"],
          ["x", "-", "-"],
          ["xx", "xx", "x"],
        ],
      },
      { sound: "hat", bars: ["..x.x."], level: 0.6 },
    ],
  },
  {
    name: "minuet",
    tempo: [92, 144],
    beats: 3,
    thin: 0.1,
    harmony: [3, 3, 1],
    phrase: [2, 4, 8],
    cadence: [4, 8],
    parts: [
      { sound: "bassNote", bars: ["x.x.x.", "x...x.", "x.....", "x.x..."] },
      {
        sound: "pluck",
        cells: [
          ["x", "xx", "xx"],
          ["x", "x", "xx"],
          ["xx", "xx", "xx", "x"],
        ],
      },
      {
        sound: "pluck",
        cells: [
          ["x", "-", "-"],
          ["x", "x", "-"],
          ["xx", "x", "-"],
        ],
        level: 0.7,
      },
    ],
  },
  {
    name: "jig",
    tempo: [84, 140],
    beats: 2,
    thin: 0.15,
    harmony: [2, 2, 1, 4],
    phrase: [2, 4, 8],
    parts: [
      { sound: "pluck", cells: JIG, level: 1.1 },
      { sound: "bassNote", bars: ["x..x..", "x....."] },
      { sound: "chord", bars: ["..x..x", "..x..x", ".xx.xx", "x..x..", "x.x..x"] },
    ],
  },
  {
    name: "fiddle jig",
    tempo: [84, 140],
    beats: 2,
    thin: 0.3,
    harmony: [2, 2, 1, 4],
    phrase: [4, 8],
    parts: [
      { sound: "lead", cells: JIG, level: 1.1 },
      { sound: "strum", bars: ["..x..x", "x.xx.x", "x.....", "x..x.."] },
      { sound: "bassNote", bars: ["x..x..", "x....."] },
    ],
  },
  {
    name: "slip jig",
    tempo: [84, 140],
    beats: 3,
    thin: 0.2,
    harmony: [3, 1],
    parts: [
      { sound: "lead", cells: JIG, level: 1.1 },
      { sound: "bassNote", bars: ["x..x..x.."] },
      { sound: "chord", bars: ["..x..x..x"] },
    ],
  },
  {
    name: "slow six-eight",
    tempo: [40, 80],
    beats: 2,
    thin: 0.2,
    harmony: [2, 2, 1, 4],
    phrase: [2, 4, 8],
    parts: [
      { sound: "lead", cells: SLOW_SIX },
      { sound: "arpeggio", bars: ["xxxxxx", "x.xx.x"] },
      { sound: "chord", bars: ["x..x..", "..x..x", ".xx.xx", "x....."] },
      { sound: "bassNote", bars: ["x.....", "x..x..", "x.....x....."] },
      { sound: "pad", bars: ["x....."] },
    ],
  },
  {
    name: "air in six-eight",
    tempo: [44, 84],
    beats: 2,
    thin: 0.1,
    harmony: [2, 1],
    phrase: [4, 8],
    cadence: [4],
    parts: [
      { sound: "soprano", cells: SLOW_SIX },
      { sound: "alto", cells: [["x..", "x..", "x.x"], ["x.x"]] },
      { sound: "tenor", cells: [["x..", "x..", "x.x"], ["x.."]] },
      { sound: "lowest", cells: [["x..", "x..", "x.x"], ["x..", "-"], ["x.x"]] },
    ],
  },
  {
    name: "lute song in six-eight",
    tempo: [44, 84],
    beats: 2,
    thin: 0.1,
    harmony: [2],
    phrase: [4, 8],
    parts: [
      { sound: "pluck", cells: SLOW_SIX },
      { sound: "arpeggio", bars: ["xxxxxx", "x.xxxx", ".xxxxx"], level: 0.8 },
      { sound: "bassNote", bars: ["x.....", "x..x..", "x...x."] },
    ],
  },
  {
    name: "twelve-eight",
    tempo: [46, 84],
    beats: 4,
    thin: 0.2,
    parts: [
      { sound: "kick", bars: ["x.....x.....", "x....xx....."], level: 1.1 },
      { sound: "snare", bars: ["...x.....x.."] },
      { sound: "hat", bars: ["xxxxxxxxxxxx", "x.xx.xx.xx.x"] },
      { sound: "pluck", bars: ["xxxxxxxxxxxx"] },
      { sound: "bass", bars: ["x..x..x..x..", "x....xx....x", "x.xx.xx.xx.x"] },
      { sound: "lead", cells: SLOW_SIX },
    ],
  },
  {
    name: "reel",
    tempo: [88, 184],
    beats: 4,
    thin: 0.2,
    phrase: [2, 4, 8],
    parts: [
      {
        sound: "pluck",
        cells: [
          ["xx", "xx", "xx", "x"],
          ["xx", "x"],
          ["xx", "xx", "x..x"],
        ],
        level: 1.1,
      },
      { sound: "chord", bars: ["..x...x.", "..x...x.", "x...x...", "x.x.x.x.", ".x.x.x.x"] },
      { sound: "bassNote", bars: ["x...x...", "x...x...", "x.......", "x.x.x.x."] },
    ],
  },
  {
    name: "reel in two",
    tempo: [76, 124],
    beats: 2,
    thin: 0.2,
    phrase: [2, 4, 8],
    parts: [
      { sound: "lead", cells: REEL.slice(0, 1), level: 1.1 },
      { sound: "chord", bars: ["..x...x."] },
      { sound: "bassNote", bars: ["x...x...", "x......."] },
    ],
  },
  {
    name: "hornpipe",
    tempo: [72, 180],
    beats: 4,
    thin: 0.2,
    phrase: [2, 4, 8],
    parts: [
      { sound: "lead", cells: HOPPING, level: 1.1 },
      { sound: "chord", bars: ["..x...x.", "x...x...", "x.x.x.x."] },
      { sound: "bassNote", bars: ["x...x...", "x.......", "x.x.x.x."] },
    ],
  },
  {
    name: "song",
    tempo: [72, 160],
    beats: 4,
    thin: 0.2,
    phrase: [2, 4, 8],
    cadence: [4],
    parts: [
      { sound: "lead", cells: SONG },
      { sound: "pluck", bars: ["x.x.x.x.", "xxxxxxxx", "x...x..."] },
      { sound: "chord", bars: ["..x...x.", "x...x...", "x.x.x.x.", "x......."] },
      { sound: "bassNote", bars: ["x...x...", "x.......", "x.x.x.x."] },
    ],
  },
  {
    name: "tango",
    tempo: [108, 132],
    beats: 4,
    thin: 0.15,
    parts: [
      { sound: "bassNote", bars: ["x.x.x.x.", "x..xx.x."] },
      { sound: "chord", bars: ["x.x.x.xx", "x.x.x.x.", "x..xx.x."] },
      { sound: "lead", cells: SONG },
    ],
  },
  {
    name: "tune alone",
    tempo: [72, 168],
    beats: 4,
    thin: 0,
    phrase: [4, 8],
    cadence: [4],
    parts: [{ sound: "lead", cells: [...SONG, ["xx", "xx", "x"]] }],
  },
  {
    name: "jig alone",
    tempo: [84, 136],
    beats: 2,
    thin: 0,
    phrase: [4, 8],
    parts: [{ sound: "lead", cells: JIG }],
  },
];
