/** Whatever lies in the columns: nothing throws, and what comes over is a number that can be. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import type { SqlValue } from "sql.js";
import { expect, test } from "vitest";
import type { EarlierTrack } from "../../../../../src/library/store/import/EarlierTrack";
import { readEarlier } from "../../../../../src/library/store/import/readEarlier";
import { makeFolder } from "../../fixtures/someFiles";
import {
  makeA1,
  makeA2,
  makeB,
  makeC,
  makeDatabase,
  makeE,
  makeN,
  makeR,
  type Row,
} from "./fixtures/earlierDatabases";

const SEED = 20250802;
const RUNS = 40;

/** What Python writes, what nobody writes, and values that are right. */
const junk: fc.Arbitrary<SqlValue> = fc.oneof(
  fc.constantFrom<SqlValue>(null, -1, 0, 0.5, 1, "Unknown", "C", "major", "NaN", "-Infinity", "", "[]", "{}"),
  fc.constantFrom<SqlValue>(Infinity, -Infinity, 1e300, "1e999", "failed", "discovered"),
  fc.double(),
  fc.string({ unit: "binary" }),
  fc.uint8Array({ maxLength: 20 }),
  fc.json(),
  fc.constantFrom(
    "[NaN, 1]",
    '{"bpm": NaN, "key": "H", "file_hash": 1}',
    '{"__proto__": {"bpm": 100}}',
    `${"[".repeat(5000)}${"]".repeat(5000)}`,
    "[1e999,1,1,1,1,1,1,1,1,1,1,1]",
    '{"rock": 1e999, "pop": -1}',
    '{"file_path": "/music/a.mp3", "file_hash": "x", "bpm": -1, "loudness": 0.0, "key": "C", "scale": "major", "key_strength": 0.0}',
  ),
);

const TABLES = {
  A1: {
    make: makeA1,
    tables: {
      audio_features:
        "duration bpm beat_confidence centroid loudness danceability key scale onset_rate zcr last_analyzed file_hash",
    },
  },
  A2: {
    make: makeA2,
    tables: {
      audio_features:
        "duration bpm centroid loudness danceability key scale key_strength zcr chroma spectral_flatness spectral_rolloff musicnn_tags metadata failed last_analyzed",
      playlists: "name tracks",
    },
  },
  R: {
    make: makeR,
    tables: {
      analysis_results: "metadata artist title genre year file_size_bytes analysis_date",
      failed_analysis: "error_message failed_date",
    },
  },
  N: {
    make: makeN,
    tables: {
      tracks: "title duration bpm key mode file_size_bytes",
      key_features: "key scale key_strength",
      loudness_features: "loudness",
    },
  },
  B: {
    make: makeB,
    tables: {
      tracks: "duration bpm key mode loudness analysis_type analyzed genre",
      analysis_cache: "status error_message",
      cache: "cache_type expires_at",
    },
  },
  C: {
    make: makeC,
    tables: {
      tracks: "duration bpm key mode energy loudness status analysis_status",
      mutagen_metadata: "duration title genre bitrate sample_rate channels tempo replaygain_track_gain",
      essentia_features: "bpm key scale key_confidence",
      musicnn_features: "tags embedding",
    },
  },
  E: {
    make: (rows: Readonly<Record<string, readonly Row[]>>) => makeE(163, rows),
    tables: {
      tracks:
        "duration bpm key mode scale key_strength loudness spectral_centroid chroma_mean tags embedding tempo status zero_crossing_rate genre year",
    },
  },
} as const;

/** What a row can't do without, by table. */
const NEEDED: Readonly<Record<string, Row>> = {
  audio_features: { file_hash: "h", file_path: "/music/a.mp3" },
  analysis_results: { file_path: "/music/a.mp3", filename: "a.mp3", analysis_data: "{}" },
  failed_analysis: { file_path: "/music/b.mp3" },
  analysis_cache: { file_path: "/music/b.mp3" },
  playlists: {},
  cache: { cache_key: "k", cache_value: "{}" },
  mutagen_metadata: { track_id: 1 },
  essentia_features: { track_id: 1 },
  musicnn_features: { track_id: 1 },
  key_features: { track_id: 1 },
  loudness_features: { track_id: 1 },
};
const TRACK: Row = {
  id: 1,
  file_path: "/music/a.mp3",
  file_hash: "x",
  filename: "a.mp3",
  file_size_bytes: 5,
  title: "a",
  artist: "b",
};

test.for(Object.keys(TABLES) as (keyof typeof TABLES)[])(
  "%s with anything in its columns",
  { timeout: 120_000 },
  async (variant) => {
    const { make, tables } = TABLES[variant];
    const folder = await makeFolder();
    const rowOf = (table: string, columns: string): fc.Arbitrary<[string, Row[]]> =>
      fc
        .record(Object.fromEntries([...columns.split(" "), "anything"].map((column) => [column, junk])))
        .map(({ anything, ...row }) => {
          const fixed: Record<string, SqlValue> = {
            ...(table === "tracks" && variant !== "C" ? TRACK : (NEEDED[table] ?? TRACK)),
            ...row,
          };
          // Texts of JSON that must be there may be anything, too.
          for (const name of ["analysis_data", "cache_value"])
            if (name in fixed) fixed[name] = anything ?? "";
          if ("name" in fixed || table === "playlists")
            fixed["name"] = typeof fixed["name"] === "string" ? fixed["name"] : "n";
          if (variant === "C" && table === "tracks") delete fixed["artist"];
          return [table, [fixed]];
        });
    const rows = fc.tuple(
      ...Object.entries(tables).map(([table, columns]) => rowOf(table, columns as string)),
    );
    await fc.assert(
      fc.asyncProperty(rows, async (list) => {
        const path = join(folder, "any.db");
        await writeFile(path, await make(Object.fromEntries(list)));
        const library = await readEarlier(path);
        expect(library.variant).toBe(variant);
        for (const track of library.tracks) expectSane(track);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  },
);

const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  "rhythm.tempo": [30, 300],
  "dynamics.rms": [-180, 0],
  "format.duration": [0.001, 1e7],
  "format.sampleRate": [1000, 1_536_000],
  "format.channels": [1, 255],
  "format.bitrate": [1000, 1e9],
};

function expectSane({ taken, own, tags, modelTags, analyzedAt }: EarlierTrack): void {
  for (const [name, value] of Object.entries(taken)) {
    const range = RANGES[name];
    if (!range) continue;
    expect(value, name).toBeGreaterThanOrEqual(range[0]);
    expect(value, name).toBeLessThanOrEqual(range[1]);
  }
  for (const value of Object.values(own).flat()) expect(Number.isFinite(value)).toBe(true);
  for (const value of Object.values(own)) expect(value).not.toBe(0);
  expect([tags.artist, tags.title]).not.toContain("Unknown");
  for (const value of [tags.year, tags.trackNumber, tags.tempo, tags.replayGainTrack, tags.replayGainAlbum]) {
    expect(value === undefined || Number.isFinite(value)).toBe(true);
  }
  for (const { score } of modelTags) expect(score >= 0 && score <= 1).toBe(true);
  if (analyzedAt?.utc) expect(new Date(analyzedAt.utc).toISOString()).toBe(analyzedAt.utc);
}

test("a text of megabytes, and one of a hundred thousand brackets, are passed over", async () => {
  const path = join(await makeFolder(), "large.db");
  const row = { file_hash: "h", file_path: "/music/a.mp3", bpm: 100 };
  const huge = `["${"x".repeat(5 * 2 ** 20)}"]`;
  await writeFile(
    path,
    await makeA2({ audio_features: [{ ...row, chroma: huge, musicnn_tags: "[".repeat(100_000) }] }),
  );
  const { tracks } = await readEarlier(path);
  expect(tracks[0]?.taken).toEqual({ "rhythm.tempo": 100 });
  expect(tracks[0]?.leftOut).toEqual([{ name: "musicnn_tags", reason: "outOfRange" }]);
});

test("rows that all lead to the pages of one large text are refused before they fill the memory", async () => {
  const path = join(await makeFolder(), "shared.db");
  // Of such a text little lies in the row itself: three rows are on one page.
  const large = "x".repeat(999_000);
  const rows = [1, 2, 3].map((i) => ({ file_hash: `h${i}`, file_path: `/music/${i}.mp3`, key: large }));
  const ddl = "CREATE TABLE audio_features (file_hash TEXT, file_path TEXT, key INTEGER)";
  await writeFile(path, sharePages(Buffer.from(await makeDatabase(ddl, { audio_features: rows }))));
  await expect(readEarlier(path)).rejects.toMatchObject({
    code: "broken",
    message: expect.stringContaining("audio_features has more in it than fits") as string,
  });
});

/** Makes all rows of the only table go on where the first one does, and cuts off what is not needed then. */
function sharePages(bytes: Buffer): Buffer {
  const size = bytes.readUInt16BE(16);
  const leaf = bytes.subarray(size, 2 * size);
  const cells = Array.from({ length: leaf.readUInt16BE(3) }, (_, i) => leaf.readUInt16BE(8 + 2 * i));
  // Each cell ends where the one before it begins, with the number of the page on which its text goes on.
  const ends = cells.map((_, i) => (cells[i - 1] ?? size) - 4);
  const [first = 0, second = 0] = ends.map((end) => leaf.readUInt32BE(end));
  for (const end of ends) leaf.writeUInt32BE(first, end);
  bytes.writeUInt32BE(second - 1, 28);
  return bytes.subarray(0, (second - 1) * size);
}

test("more rows than a library has are refused", { timeout: 60_000 }, async () => {
  const path = join(await makeFolder(), "many.db");
  const rows = `WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i <= 1000000)
    INSERT INTO audio_features SELECT i, '', 4 FROM n`;
  await writeFile(
    path,
    await makeDatabase(`CREATE TABLE audio_features (file_hash TEXT, file_path TEXT, key INTEGER); ${rows}`),
  );
  await expect(readEarlier(path)).rejects.toMatchObject({ code: "tooLarge" });
});
