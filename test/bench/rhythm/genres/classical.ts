/** Music written in parts: chorales, canons, fugues, preludes, sonatas, quartets. */
import type { Genre } from "./genre";

const CHORALE = [
  ["x", "x", "x", "xx"],
  ["x", "x", "x", "x", "xx", "-"],
  ["x", "xx"],
  ["x", "x", "x", "-x"],
] as const;
const CHORALE_INNER = [
  ["x", "x", "x", "xx"],
  ["x", "xx", "xx"],
  ["x", "x", "-x", "xx"],
  ["x", "x", "x", "-"],
] as const;
const CHORALE_BASS = [
  ["x", "x", "xx"],
  ["x", "xx", "xx"],
  ["x", "x", "x", "-"],
] as const;
const RUNNING = [
  ["xxxx", "xxxx", "xxxx", "x.xx"],
  ["x.xx", "x.xx", "xxxx"],
  ["xx", "xx", "xxxx"],
  ["xx", "xx", "x"],
  ["x", "xx"],
] as const;
const ALLEGRO = [
  ["x", "x", "xx", "-"],
  ["x", "xx", "xx"],
  ["xx", "xx", "xx", "xx"],
  ["x", "-", "-", "x"],
  ["x..x", "x", "x"],
  ["xxxx", "x", "xx"],
  [".x", "x", "x"],
  ["x", ".", "x", "xxx"],
] as const;
const ACCOMPANYING = [
  ["xx", "xx", "xx"],
  ["x", "x", "x"],
  [".x", ".x", ".x"],
  ["x", "-", "-"],
  ["-", "x"],
  [".", ".", "x"],
  ["xxxx", "xxxx"],
] as const;
const ANDANTE = [
  ["xx", "xx", "x"],
  ["x", "x..x", "xx"],
  ["x.xx", "xx", "x"],
  ["-", "xx", "x"],
  ["xxxx", "xx", "x.xx"],
] as const;

export const CLASSICAL: readonly Genre[] = [
  {
    name: "chorale",
    tempo: [50, 112],
    beats: 4,
    thin: 0.03,
    harmony: [1],
    phrase: [8, 4],
    cadence: [2, 2, 4],
    parts: [
      { sound: "soprano", cells: CHORALE },
      { sound: "alto", cells: CHORALE_INNER },
      { sound: "tenor", cells: CHORALE_INNER },
      { sound: "lowest", cells: CHORALE_BASS },
    ],
  },
  {
    name: "chorale in three",
    tempo: [56, 120],
    beats: 3,
    thin: 0.03,
    harmony: [1, 1, 3],
    phrase: [8, 4],
    cadence: [4],
    parts: [
      { sound: "soprano", cells: CHORALE },
      { sound: "alto", cells: CHORALE_INNER },
      { sound: "tenor", cells: CHORALE_INNER },
      { sound: "lowest", cells: CHORALE_BASS },
    ],
  },
  {
    name: "moving chorale",
    tempo: [50, 96],
    beats: 4,
    thin: 0.03,
    harmony: [1],
    phrase: [8],
    cadence: [2, 4],
    parts: [
      {
        sound: "soprano",
        cells: [
          ["x", "xx", "xx"],
          ["x", "x", "x..x"],
        ],
      },
      {
        sound: "alto",
        cells: [
          ["xx", "xx", "x"],
          ["xx", "x.xx", "x"],
        ],
      },
      {
        sound: "tenor",
        cells: [
          ["xx", "xx", "x"],
          ["xx", "-x", "x"],
        ],
      },
      {
        sound: "lowest",
        cells: [
          ["xx", "xx", "xx", "x"],
          ["xx", "xx"],
        ],
      },
    ],
  },
  {
    name: "hymn",
    tempo: [72, 128],
    beats: 4,
    thin: 0.05,
    harmony: [1, 2, 4],
    phrase: [4, 8],
    cadence: [4],
    parts: [
      {
        sound: "soprano",
        cells: [
          ["x", "x", "x", "-"],
          ["x", "x", "-x"],
        ],
      },
      { sound: "alto", cells: [["x", "x", "x", "-"]] },
      { sound: "tenor", cells: [["x", "x", "x", "-"]] },
      { sound: "lowest", cells: [["x", "x", "x", "-"]] },
    ],
  },
  {
    name: "motet",
    tempo: [56, 112],
    beats: 4,
    thin: 0.1,
    harmony: [2, 1, 4],
    phrase: [8],
    canon: [1, 1, 2],
    parts: [
      {
        sound: "soprano",
        cells: [
          ["x", "-", "x", "xx"],
          ["x", "-", "-x"],
        ],
      },
      {
        sound: "alto",
        cells: [
          ["x", "-", "x", "xx"],
          ["x", "-", "-x"],
        ],
      },
      { sound: "tenor", cells: [["x", "-", "x", "xx"]] },
      {
        sound: "lowest",
        cells: [
          ["x", "-", "x"],
          ["x", "-"],
        ],
      },
    ],
  },
  {
    name: "canon over a bass",
    tempo: [46, 80],
    beats: 4,
    thin: 0,
    harmony: [1, 2],
    phrase: [8],
    canon: [1, 2],
    parts: [
      {
        sound: "soprano",
        cells: [
          ["x", "x"],
          ["xx", "xx"],
          ["xxxx", "xxxx", "x.xx"],
          ["xx", "x.xx"],
        ],
      },
      {
        sound: "alto",
        cells: [
          ["x", "x"],
          ["xx", "xx"],
          ["xxxx", "xxxx", "x.xx"],
        ],
      },
      {
        sound: "tenor",
        cells: [
          ["x", "x"],
          ["xx", "xx"],
          ["xxxx", "xxxx"],
        ],
      },
      { sound: "lowest", cells: [["x"]], level: 1.1 },
    ],
  },
  {
    name: "round",
    tempo: [66, 132],
    beats: 4,
    thin: 0.1,
    harmony: [2, 4],
    phrase: [4, 8],
    canon: [1, 2],
    parts: [
      {
        sound: "soprano",
        cells: [
          ["x", "x", "xx"],
          ["xx", "xx", "x"],
          ["x", "-"],
        ],
      },
      {
        sound: "alto",
        cells: [
          ["x", "x", "xx"],
          ["xx", "xx", "x"],
        ],
      },
      {
        sound: "tenor",
        cells: [
          ["x", "x", "xx"],
          ["xx", "xx", "x"],
        ],
      },
      { sound: "lowest", cells: [["x", "-"], ["x"]] },
    ],
  },
  {
    name: "invention",
    tempo: [56, 108],
    beats: 4,
    thin: 0,
    harmony: [1, 2, 4],
    phrase: [8, 4],
    canon: [1, 2],
    parts: [
      { sound: "soprano", cells: RUNNING },
      { sound: "lowest", cells: RUNNING },
    ],
  },
  {
    name: "fugue",
    tempo: [54, 104],
    beats: 4,
    thin: 0.05,
    harmony: [1, 2],
    phrase: [8],
    canon: [1, 2, 2],
    parts: [
      { sound: "soprano", cells: RUNNING },
      { sound: "alto", cells: RUNNING },
      { sound: "tenor", cells: RUNNING },
      {
        sound: "lowest",
        cells: [
          ["x", "x", "xx"],
          ["xx", "xx"],
          ["xxxx", "xx"],
        ],
      },
    ],
  },
  {
    name: "walking bass baroque",
    tempo: [52, 100],
    beats: 4,
    thin: 0.05,
    harmony: [1, 2],
    phrase: [4, 8],
    parts: [
      { sound: "soprano", cells: ANDANTE },
      {
        sound: "alto",
        cells: [
          ["x", "-"],
          ["xx", "x"],
        ],
      },
      { sound: "lowest", cells: [["xx"], ["xx", "xx", "x"]], level: 1.1 },
      { sound: "chord", bars: ["x.x.x.x.", "x...x..."], level: 0.7 },
    ],
  },
  {
    name: "prelude",
    tempo: [54, 96],
    beats: 4,
    thin: 0,
    harmony: [4, 4, 2],
    phrase: [8],
    parts: [
      {
        sound: "arpeggio",
        bars: ["xxxxxxxxxxxxxxxx", ".xxx.xxx.xxx.xxx", "..xxxxxx..xxxxxx", "xxxxxxxxxxxxxxxx"],
      },
      {
        sound: "lowest",
        bars: ["x.......x.......", "x...............", "x...x...x...x...", ".x......x......."],
        level: 0.9,
      },
      { sound: "lowest", cells: [["x", "-", "-"], ["-"]], level: 0.6 },
    ],
  },
  {
    name: "prelude in twos",
    tempo: [66, 132],
    beats: 4,
    thin: 0,
    harmony: [2, 4],
    phrase: [8],
    parts: [
      { sound: "arpeggio", bars: ["xxxxxxxx", ".xxx.xxx", "x.xxx.xx"] },
      { sound: "lowest", bars: ["x...x...", "x.......", "x.x.x.x."], level: 0.9 },
      {
        sound: "soprano",
        cells: [
          ["x", "-", "-"],
          ["x", "-", "x"],
        ],
      },
    ],
  },
  {
    name: "triplet nocturne",
    tempo: [46, 84],
    beats: 4,
    thin: 0,
    harmony: [4, 2],
    phrase: [4, 8],
    parts: [
      { sound: "arpeggio", bars: ["xxxxxxxxxxxx"] },
      { sound: "lowest", bars: ["x.....x.....", "x...........", "x..x..x..x.."] },
      {
        sound: "soprano",
        cells: [
          ["x", "-", "x"],
          ["x", "x..x", "-"],
        ],
      },
    ],
  },
  {
    name: "sonata allegro",
    tempo: [112, 168],
    beats: 4,
    thin: 0.05,
    harmony: [2, 4, 4, 1],
    phrase: [4, 8],
    cadence: [4, 8],
    parts: [
      { sound: "soprano", cells: ALLEGRO },
      { sound: "arpeggio", bars: ["xxxxxxxx", "xxxxxxxx", "x.x.x.x.", "x.......", ".xxx.xxx"] },
      { sound: "lowest", bars: ["x.......", "x...x...", "x.x.x.x."] },
    ],
  },
  {
    name: "sonata andante",
    tempo: [48, 92],
    beats: 4,
    thin: 0.05,
    harmony: [2, 4, 1],
    phrase: [4, 8],
    parts: [
      { sound: "soprano", cells: ANDANTE },
      { sound: "arpeggio", bars: ["xxxxxxxxxxxxxxxx", "x.x.x.x.x.x.x.x.", ".xxx.xxx.xxx.xxx"] },
      { sound: "lowest", bars: ["x.......", "x...x...", "x.x.x.x."] },
    ],
  },
  {
    name: "quartet allegro",
    tempo: [100, 172],
    beats: 4,
    thin: 0.05,
    harmony: [2, 4, 4, 1],
    phrase: [4, 8],
    parts: [
      { sound: "soprano", cells: ALLEGRO },
      { sound: "alto", cells: ACCOMPANYING },
      { sound: "tenor", cells: ACCOMPANYING },
      {
        sound: "lowest",
        cells: [
          ["x", "x", "x"],
          ["x", "-", "-", "-"],
          ["xx", "xx"],
          ["x", ".", "x", "."],
        ],
      },
    ],
  },
  {
    name: "quartet presto in two",
    tempo: [116, 168],
    beats: 2,
    thin: 0.05,
    harmony: [2, 4],
    phrase: [4, 8],
    parts: [
      {
        sound: "soprano",
        cells: [
          ["xxxx", "xx", "x"],
          ["xx", "xx", "x"],
          ["x", "-"],
          ["xxxx", "xxxx"],
        ],
      },
      { sound: "alto", cells: ACCOMPANYING },
      { sound: "tenor", cells: ACCOMPANYING },
      {
        sound: "lowest",
        cells: [
          ["xx", "xx"],
          ["x", "x"],
          ["x", "-"],
        ],
      },
    ],
  },
  {
    name: "quartet minuet",
    tempo: [108, 176],
    beats: 3,
    thin: 0.05,
    harmony: [3, 3, 6],
    phrase: [4, 8],
    cadence: [4, 8],
    parts: [
      {
        sound: "soprano",
        cells: [
          ["x", "x", "xx"],
          ["xx", "xx", "x"],
          ["x", "-", "x"],
        ],
      },
      {
        sound: "alto",
        cells: [
          ["x", "x", "-"],
          ["xx", "x"],
          [".", "x", "x"],
        ],
      },
      {
        sound: "tenor",
        cells: [
          ["x", "x", "-"],
          ["xx", "x"],
          [".", "x", "x"],
        ],
      },
      { sound: "lowest", bars: ["x.x.x.", "x.....", "x...x.", "x.x..."] },
    ],
  },
  {
    name: "quartet slow",
    tempo: [46, 88],
    beats: 4,
    thin: 0.05,
    harmony: [1, 2, 4],
    phrase: [4, 8],
    parts: [
      { sound: "soprano", cells: ANDANTE },
      {
        sound: "alto",
        cells: [
          ["xx", "xx"],
          ["x", "-"],
          ["xxxx", "xxxx"],
          ["x", "x"],
        ],
      },
      {
        sound: "tenor",
        cells: [
          ["xx", "xx"],
          ["x", "-"],
          [".x", ".x"],
          ["x", "x"],
        ],
      },
      {
        sound: "lowest",
        cells: [
          ["xx", "xx"],
          ["x", "x"],
          ["x", "-"],
        ],
      },
    ],
  },
  {
    name: "overture",
    tempo: [116, 160],
    beats: 4,
    thin: 0.15,
    harmony: [4, 2],
    phrase: [4, 8],
    parts: [
      { sound: "lead", cells: ALLEGRO },
      { sound: "soprano", cells: ALLEGRO },
      { sound: "tenor", cells: ACCOMPANYING },
      {
        sound: "lowest",
        cells: [
          ["x", "x"],
          ["x", "-"],
          ["xx", "xx"],
        ],
      },
      { sound: "kick", bars: ["x...x...", "x......."], level: 0.5 },
    ],
  },
  {
    name: "staccato scene",
    tempo: [100, 168],
    beats: 4,
    thin: 0.2,
    harmony: [4, 2],
    phrase: [2, 4, 8],
    parts: [
      {
        sound: "lowest",
        cells: [
          ["xx", "xx", "x"],
          ["xx", "xx", "xx", "x"],
        ],
        level: 1.1,
      },
      { sound: "chord", bars: ["..x...x.", "x.x.x.x.", "x......."] },
      {
        sound: "pluck",
        cells: [
          ["xx", "xx", "x"],
          ["x", "."],
        ],
        level: 0.8,
      },
    ],
  },
  {
    name: "piano figures",
    tempo: [60, 144],
    beats: 4,
    thin: 0.1,
    parts: [
      { sound: "arpeggio", bars: ["xxxxxxxxxxxxxxxx", "x.x.x.x.x.x.x.x.", ".xxx.xxx.xxx.xxx"] },
      { sound: "bassNote", bars: ["x.......x.......", "x...x...x...x...", "x..............."] },
      { sound: "lead", cells: [["x", "-", "x"], ["x..x", "x", "-"], ["x"]] },
    ],
  },
];
