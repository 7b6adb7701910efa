/** A library of many tracks in memory, each with values of its own: the same ones each time. */
import type { Database } from "sql.js";
import { openInMemory } from "../../../src/library/store/loadDatabase";
import { applyOperations } from "../../../src/library/store/operations";
import { fillAtOnce, migrate } from "../../../src/library/store/schema";
import { keepAnalysis } from "../../../src/library/store/trackChanges";
import { KEY_NAMES } from "../../../src/shared/analysis";
import { camelotName } from "../../../src/shared/keyNames";
import { someGroups } from "../../fixtures/someGroups";
import { seededRandom } from "../../fixtures/sound/random";
import { analyzed, failed, noTags } from "../../unit/library/fixtures/someAnalysis";

const GENRES = ["House", "Techno", "Drum & Bass", "Jazz", "Ambient", "Soul", "Classical"] as const;
/** As many as a song of four minutes has. */
const BEATS = 480;

/** Tracks that are put one by one; the others are made of them by SQL, which is quicker. */
const FIRST = 1000;

/** `root` is what paths are relative to, `count` in thousands, `beats` those of a track. */
export async function manyTracks(count: number, root: string, beats = BEATS): Promise<Database> {
  const database = await openInMemory();
  migrate(database, 0);
  const random = seededRandom(7);
  database.run("BEGIN");
  for (let number = 0; number < FIRST; number++) {
    const path = `${root}/Artist ${number % 70}/Album ${number % 400}/${number} Song.flac`;
    const analysis = number % 50 === 0 ? failed(path) : someTrack(path, { number, beats, random });
    applyOperations(database, keepAnalysis(database, root, analysis));
  }
  if (count > FIRST) {
    fillAtOnce(database, () => {
      for (let first = FIRST; first < count; first += FIRST) copyTracks(database, first / FIRST, random);
    });
  }
  database.run("COMMIT");
  return database;
}

/** The first tracks once more, under other names and with other numbers. */
function copyTracks(database: Database, round: number, random: () => number): void {
  const changed: Readonly<Record<string, string>> = {
    id: "NULL",
    path: `'Disk ${round}/' || path`,
    folder: `'Disk ${round}/' || folder`,
    tags_title: `'Number ${round} ' || tags_title`,
    rhythm_tempo: `rhythm_tempo * ${0.9 + 0.2 * random()}`,
    loudness_integrated: `loudness_integrated + ${2 * random()}`,
    spectral_centroid_mean: `spectral_centroid_mean * ${0.9 + 0.2 * random()}`,
  };
  const names =
    database.exec("SELECT name FROM pragma_table_info('tracks')")[0]?.values.flat().map(String) ?? [];
  const values = names.map((name) => changed[name] ?? name);
  database.run(
    `INSERT INTO tracks (${names.join(", ")}) SELECT ${values.join(", ")} FROM tracks WHERE id <= ${FIRST}`,
  );
}

function someTrack(
  path: string,
  { number, beats, random }: { number: number; beats: number; random: () => number },
) {
  const key = KEY_NAMES[Math.floor(random() * 12)] ?? "C";
  const mode = random() < 0.6 ? "minor" : "major";
  const spread = (middle: number, width: number): number => middle + (random() - 0.5) * width;
  return analyzed(path, {
    tags: {
      ...noTags,
      title: `Song ${number}`,
      artist: `Artist ${number % 700}`,
      album: `Album ${number % 4000}`,
      genre: [GENRES[number % GENRES.length] ?? "House"],
      year: 1960 + (number % 65),
    },
    loudness: { ...someGroups.loudness, integrated: spread(-12, 14), truePeak: spread(-0.5, 3) },
    rhythm: {
      ...someGroups.rhythm,
      tempo: spread(120, 100),
      beats: Array.from({ length: beats }, (_, at) => Math.round(at * 487.123) / 1000),
    },
    tonal: { ...someGroups.tonal, key, mode, camelot: camelotName(key, mode) },
    spectral: { ...someGroups.spectral, centroid: { mean: spread(2500, 3000), std: 500 } },
    timbre: {
      mfccMean: Array.from({ length: 13 }, () => spread(0, 80)),
      mfccStd: Array.from({ length: 13 }, () => spread(20, 10)),
    },
  });
}
