/** Each form of the earlier Playlista's databases: what comes over, what does not, and why. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { EarlierLibrary, EarlierTrack } from "../../../../../src/library/store/import/EarlierTrack";
import { readEarlier } from "../../../../../src/library/store/import/readEarlier";
import { makeFolder } from "../../fixtures/someFiles";
import { WIDE_FAMILIES, type WideFamily } from "./fixtures/earlierColumns";
import {
  makeA1,
  makeA2,
  makeB,
  makeC,
  makeDatabase,
  makeE,
  makeN,
  makeR,
  makeWebLayer,
} from "./fixtures/earlierDatabases";

const SONG = "/music/Artist/song.mp3";
/** Pitch classes as the earlier detector gave them: A is the first and the strongest. */
const CHROMA_FROM_A = [1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.15, 0.25];
const CHROMA_FROM_C = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.15, 0.25, 1, 0.1, 0.2];
const MFCC = JSON.stringify([-600, 100, 20, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);

async function read(content: Uint8Array | string, name = "earlier.db"): Promise<EarlierLibrary> {
  const path = join(await makeFolder(), name);
  await writeFile(path, content);
  return readEarlier(path);
}

function only({ tracks }: EarlierLibrary): EarlierTrack {
  expect(tracks).toHaveLength(1);
  return tracks[0] as EarlierTrack;
}

/** What is left out as text, each once, so that it can be read beside the reference. */
function leftOut({ leftOut }: EarlierTrack): string[] {
  return leftOut.map(({ name, reason }) => `${name}: ${reason}`).sort();
}

describe("A1, the first scripts", () => {
  const features = {
    file_hash: "song.mp3_4321_1690000000.25",
    file_path: SONG,
    duration: 215.5,
    bpm: 128.2,
    beat_confidence: 1,
    centroid: 1800.5,
    loudness: 0.1,
    danceability: 1.2,
    key: 9,
    scale: 0,
    onset_rate: 0.12,
    zcr: 0.05,
    last_modified: 1690000000.25,
    last_analyzed: "2025-07-20 10:11:12",
  };

  test("give length, tempo, key and level, and other values under their own names", async () => {
    const library = await read(await makeA1({ audio_features: [features] }));
    expect(library.variant).toBe("A1");
    const track = only(library);
    expect(track).toMatchObject({ path: SONG, size: 4321, tags: {}, modelTags: [], failure: null });
    expect(track.analyzedAt).toEqual({ text: "2025-07-20 10:11:12", utc: "2025-07-20T10:11:12.000Z" });
    expect(track.taken).toEqual({
      "format.duration": 215.5,
      "rhythm.tempo": 128.2,
      "tonal.key": "A",
      "tonal.mode": "minor",
      "dynamics.rms": -20,
    });
    expect(track.own).toEqual({
      spectralCentroidHz: 1800.5,
      danceability: 1.2,
      zeroCrossingsPerSecond: 0.05 * 44100,
    });
    expect(leftOut(track)).toEqual(["beat_confidence: wrongOutput", "onset_rate: wrongOutput"]);
  });

  test("stand for not known by −1, and by 0 next to it", async () => {
    const failed = {
      bpm: 0,
      beat_confidence: 0,
      centroid: 0,
      loudness: 0,
      danceability: 0,
      key: -1,
      scale: 0,
      zcr: 0,
    };
    const track = only(await read(await makeA1({ audio_features: [{ ...features, ...failed }] })));
    expect(track.taken).toEqual({ "format.duration": 215.5 });
    expect(track.own).toEqual({});
    expect(leftOut(track)).toEqual([
      "beat_confidence: wrongOutput",
      "bpm: placeholder",
      "centroid: placeholder",
      "danceability: placeholder",
      "key: placeholder",
      "loudness: placeholder",
      "onset_rate: wrongOutput",
      "scale: placeholder",
      "zcr: placeholder",
    ]);
  });

  test("have a true C major: 0 with 1", async () => {
    const track = only(await read(await makeA1({ audio_features: [{ ...features, key: 0, scale: 1 }] })));
    expect(track.taken).toMatchObject({ "tonal.key": "C", "tonal.mode": "major" });
  });

  test("have playlists of hashes, some of which name nothing any more", async () => {
    const { playlists } = await read(
      await makeA1({
        audio_features: [features],
        playlists: [{ id: 1, name: "Calm" }],
        playlist_tracks: [
          { playlist_id: 1, file_hash: features.file_hash },
          { playlist_id: 1, file_hash: "gone.mp3_1_1.0" },
        ],
      }),
    );
    expect(playlists).toEqual([{ name: "Calm", paths: [SONG], orphaned: 1 }]);
  });
});

describe("A2, the package", () => {
  const features = {
    file_hash: "song.mp3_4321_1690000000.25",
    file_path: SONG,
    duration: 215.5,
    bpm: 128.2,
    beat_confidence: 0,
    centroid: 1800.5,
    loudness: 0.1,
    danceability: 1.2,
    key: "Bb",
    scale: "minor",
    key_strength: 0.7,
    onset_rate: 97,
    zcr: 0.05,
    mfcc: MFCC,
    chroma: JSON.stringify(CHROMA_FROM_A),
    spectral_contrast: 0.3,
    spectral_flatness: 0.2,
    spectral_rolloff: 5200,
    musicnn_embedding: "[0.1, 0.2]",
    musicnn_tags: '{"rock": 0.75, "pop": NaN, "guitar": 0.25}',
    metadata:
      '{"title": "Song", "artist": "Artist", "genre": ["Rock"], "year": "1999-05-01", "musicbrainz_id": "x"}',
    failed: 0,
  };

  test("gives what the scripts give, and spectrum, pitch classes from C, and tags of the model", async () => {
    const library = await read(await makeA2({ audio_features: [features] }));
    expect(library.variant).toBe("A2");
    const track = only(library);
    expect(track.taken).toEqual({
      "format.duration": 215.5,
      "rhythm.tempo": 128.2,
      "tonal.key": "A#",
      "tonal.mode": "minor",
      "dynamics.rms": -20,
    });
    expect(track.own).toEqual({
      spectralCentroidHz: 1800.5,
      danceability: 1.2,
      keyStrength: 0.7,
      zeroCrossingsPerSecond: 0.05 * 44100,
      spectralFlatness: 0.2,
      spectralRolloffHz: 5200,
      chroma: CHROMA_FROM_C,
    });
    expect(track.tags).toEqual({ title: "Song", artist: "Artist", genre: ["Rock"], year: 1999 });
    expect(track.modelTags).toEqual([
      { name: "rock", score: 0.75 },
      { name: "guitar", score: 0.25 },
    ]);
    expect(leftOut(track)).toEqual([
      "beat_confidence: constant",
      "mfcc: wrongInput",
      "musicnn_embedding: noModel",
      "onset_rate: wrongOutput",
      "spectral_contrast: otherMeasure",
    ]);
  });

  test("has failed files, of which nothing else is believed", async () => {
    const track = only(await read(await makeA2({ audio_features: [{ ...features, failed: 1 }] })));
    expect(track).toMatchObject({
      failure: { message: null },
      taken: {},
      own: {},
      tags: {},
      modelTags: [],
      leftOut: [],
    });
  });

  test("stands for not known by −1, and by C major without a strength", async () => {
    const unknown = {
      bpm: -1,
      key: "C",
      scale: "major",
      key_strength: 0,
      chroma: JSON.stringify(Array(12).fill(0)),
    };
    const track = only(await read(await makeA2({ audio_features: [{ ...features, ...unknown }] })));
    expect(track.taken).toEqual({ "format.duration": 215.5, "dynamics.rms": -20 });
    expect(leftOut(track)).toEqual(
      expect.arrayContaining([
        "bpm: placeholder",
        "chroma: placeholder",
        "key: placeholder",
        "key_strength: placeholder",
        "scale: placeholder",
      ]),
    );
  });

  test("has playlists of paths", async () => {
    const playlists = [{ name: "Night", tracks: JSON.stringify([SONG, 5, "/music/b.mp3"]), features: "{}" }];
    const library = await read(await makeA2({ audio_features: [features], playlists }));
    expect(library.playlists).toEqual([{ name: "Night", paths: [SONG, "/music/b.mp3"], orphaned: 1 }]);
  });
});

describe("R, results as JSON", () => {
  test("give tempo, key, level and tags; failures come without values", async () => {
    const data = `{"bpm": 120.5, "confidence": 0.5, "estimates": [120.5], "bpm_intervals": [0.5], "external_bpm": 121,
      "spectral_centroid": 1500, "spectral_rolloff": 0.0, "spectral_flatness": 0.5, "loudness": 0.01,
      "dynamic_complexity": 0.5, "dynamic_range": 0.0, "key": "Eb", "scale": "major", "key_strength": 0.6,
      "mfcc": ${MFCC}, "mfcc_bands": [], "mfcc_std": [NaN, Infinity, -Infinity]}`;
    const metadata =
      '{"duration": 200.25, "bitrate": 320000, "sample_rate": 48000, "channels": 2, "title": null}';
    const result = {
      file_path: SONG,
      filename: "song.mp3",
      file_size_bytes: 99,
      file_hash: "f00",
      analysis_data: data,
    };
    const library = await read(
      await makeR({
        analysis_results: [
          {
            ...result,
            metadata,
            title: "Song",
            artist: "Unknown",
            year: 2001,
            analysis_date: "2025-07-31T12:00:00.5",
          },
        ],
        failed_analysis: [
          { file_path: SONG, filename: "song.mp3", error_message: "once", retry_count: 1 },
          {
            file_path: "/music/bad.mp3",
            filename: "bad.mp3",
            error_message: "Could not load",
            retry_count: 2,
          },
        ],
      }),
    );
    expect(library.variant).toBe("R");
    const [track, failed] = library.tracks as [EarlierTrack, EarlierTrack];
    expect(library.tracks).toHaveLength(2);
    expect(track.taken).toEqual({
      "format.duration": 200.25,
      "format.bitrate": 320000,
      "format.sampleRate": 48000,
      "format.channels": 2,
      "rhythm.tempo": 120.5,
      "tonal.key": "D#",
      "tonal.mode": "major",
      "dynamics.rms": -40,
    });
    expect(track.own).toEqual({ spectralCentroidHz: 1500, keyStrength: 0.6 });
    expect(track.tags).toEqual({ title: "Song", year: 2001, tempo: 121 });
    expect(track.analyzedAt).toEqual({ text: "2025-07-31T12:00:00.5", utc: null });
    expect(leftOut(track)).toEqual([
      "artist: placeholder",
      "bpm_intervals: repeated",
      "confidence: wrongOutput",
      "dynamic_complexity: constant",
      "dynamic_range: constant",
      "estimates: repeated",
      "mfcc: wrongInput",
      "mfcc_std: wrongInput",
      "spectral_flatness: wrongInput",
      "spectral_rolloff: constant",
    ]);
    expect(failed).toMatchObject({ path: "/music/bad.mp3", failure: { message: "Could not load" } });
  });
});

describe("N, split tables", () => {
  test("are joined by the track's id; features of no track are orphans", async () => {
    const library = await read(
      await makeN({
        tracks: [
          { id: 7, file_path: SONG, file_size_bytes: 5, title: "song.mp3", artist: "Artist", duration: 100 },
        ],
        rhythm_features: [
          { track_id: 7, bpm: 99.5, rhythm_confidence: 3.2, bpm_estimates: "[99.5]" },
          { track_id: 3, bpm: 50 },
        ],
        spectral_features: [{ track_id: 7, centroid: 1000, rolloff: 0, flatness: 0.5, bandwidth: 0 }],
        loudness_features: [{ track_id: 7, loudness: 0.1, dynamic_complexity: 0.5, loudness_range: 0 }],
        key_features: [{ track_id: 7, key: "F#", scale: "minor", key_strength: 0.5, key_confidence: 0.5 }],
        mfcc_features: [{ track_id: 7, mfcc_coefficients: MFCC }],
        playlists: [{ id: 1, name: "P" }],
        playlist_tracks: [
          { playlist_id: 1, track_id: 7, position: 1 },
          { playlist_id: 1, track_id: 3, position: 2 },
        ],
      }),
    );
    expect(library).toMatchObject({
      variant: "N",
      orphaned: 1,
      playlists: [{ name: "P", paths: [SONG], orphaned: 1 }],
    });
    const track = only(library);
    expect(track.taken).toEqual({
      "format.duration": 100,
      "rhythm.tempo": 99.5,
      "tonal.key": "F#",
      "tonal.mode": "minor",
      "dynamics.rms": -20,
    });
    expect(track.own).toEqual({ spectralCentroidHz: 1000, keyStrength: 0.5 });
    expect(track.tags).toEqual({ artist: "Artist" });
    expect(leftOut(track)).toEqual([
      "bpm_estimates: repeated",
      "dynamic_complexity: constant",
      "key_confidence: constant",
      "loudness_range: constant",
      "mfcc_coefficients: wrongInput",
      "rhythm_confidence: wrongOutput",
      "spectral_bandwidth: constant",
      "spectral_flatness: wrongInput",
      "spectral_rolloff: constant",
      "title: placeholder",
    ]);
  });
});

describe("B, tracks with their values in the cache", () => {
  const track = {
    file_path: SONG,
    file_hash: "md5 of name, time and size",
    filename: "song.mp3",
    file_size_bytes: 777,
    title: "song.mp3",
    artist: "Unknown",
    analyzed: 1,
    analysis_type: "full",
  };
  const result = {
    file_path: SONG,
    file_hash: "a".repeat(64),
    filename: "song.mp3",
    file_size_bytes: 777,
    analysis_date: "2025-08-02T20:15:30.123456",
    analysis_version: "1.0.0",
    audio_type: "normal",
    bpm: 124.5,
    rhythm_confidence: 0.27,
    bpm_estimates: [],
    external_bpm: 125,
    spectral_centroid: 2100,
    spectral_flatness: 0.5,
    spectral_rolloff: 0,
    loudness: 0.1,
    dynamic_complexity: 0.5,
    loudness_range: 0,
    key: "Ab",
    scale: "major",
    key_strength: 0.8,
    mfcc_coefficients: [1, 2],
    chroma_mean: CHROMA_FROM_A,
    chroma_std: Array<number>(12).fill(0),
    embedding: [],
    tags: {},
    metadata: {
      title: "Song",
      artist: "Artist",
      album: "Album",
      duration: 180.5,
      bitrate: 192000,
      sample_rate: 44100,
      channels: 2,
    },
  };
  const cacheRow = (value: unknown, more: object = {}): Record<string, string> => ({
    cache_key: JSON.stringify(value).slice(0, 200),
    cache_value: JSON.stringify(value),
    cache_type: "general",
    ...more,
  });

  test("takes the values from the cache, by path, whether expired or not", async () => {
    const library = await read(
      await makeB({ tracks: [track], cache: [cacheRow(result, { expires_at: "2025-08-09 00:00:00" })] }),
    );
    expect(library.variant).toBe("B");
    const found = only(library);
    expect(found).toMatchObject({ size: 777, isSeenOnly: false });
    expect(found.analyzedAt).toEqual({ text: "2025-08-02T20:15:30.123456", utc: null });
    expect(found.taken).toEqual({
      "format.duration": 180.5,
      "format.bitrate": 192000,
      "format.sampleRate": 44100,
      "format.channels": 2,
      "rhythm.tempo": 124.5,
      "tonal.key": "G#",
      "tonal.mode": "major",
      "dynamics.rms": -20,
    });
    expect(found.own).toEqual({ spectralCentroidHz: 2100, keyStrength: 0.8, chroma: CHROMA_FROM_C });
    expect(found.tags).toEqual({ title: "Song", artist: "Artist", album: "Album", tempo: 125 });
    expect(leftOut(found)).toEqual([
      "chroma_std: placeholder",
      "dynamic_complexity: constant",
      "loudness_range: constant",
      "mfcc_coefficients: wrongInput",
      "rhythm_confidence: wrongOutput",
      "spectral_flatness: wrongInput",
      "spectral_rolloff: constant",
    ]);
  });

  test("big files have theirs one level deeper", async () => {
    const { bpm, key, scale, key_strength, loudness, ...rest } = result;
    const big = {
      ...rest,
      status: "analyzed_large_file",
      audio_features: { bpm, key, scale, key_strength, loudness },
    };
    const found = only(await read(await makeB({ tracks: [track], cache: [cacheRow(big)] })));
    expect(found.taken).toMatchObject({ "rhythm.tempo": 124.5, "tonal.key": "G#", "dynamics.rms": -20 });
  });

  test("librosa's rows start with C already, and their key is none", async () => {
    const byLibrosa = {
      ...result,
      rhythm_confidence: 0.5,
      key: "C",
      scale: "major",
      key_strength: 0.5,
      chroma_mean: CHROMA_FROM_C,
    };
    const found = only(await read(await makeB({ tracks: [track], cache: [cacheRow(byLibrosa)] })));
    expect(found.own).toMatchObject({ chroma: CHROMA_FROM_C });
    expect(found.taken).not.toHaveProperty("tonal.key");
    expect(leftOut(found)).toEqual(expect.arrayContaining(["key: placeholder", "scale: placeholder"]));
  });

  test("what was only seen has no analysis; a row of metadata alone gives tags", async () => {
    const seen = {
      ...track,
      file_path: "/music/seen.mp3",
      filename: "seen.mp3",
      title: "seen.mp3",
      analysis_type: "discovery_only",
    };
    const tagsOnly = { file_path: SONG, metadata: { title: "Song", duration: 5 } };
    const { tracks } = await read(await makeB({ tracks: [seen, track], cache: [cacheRow(tagsOnly)] }));
    expect(tracks).toMatchObject([
      { path: "/music/seen.mp3", isSeenOnly: true, tags: {} },
      { path: SONG, isSeenOnly: false, tags: { title: "Song" } },
    ]);
  });

  test("has failures with a message, and playlists whose ids may point nowhere", async () => {
    const failure = {
      file_path: "/music/bad.mp3",
      status: "failed",
      error_message: "Thread error: no data",
      retry_count: 0,
    };
    const library = await read(
      await makeB({
        tracks: [{ ...track, id: 2 }],
        cache: [cacheRow(result)],
        analysis_cache: [failure, { ...failure, file_path: SONG, status: "completed" }],
        playlists: [{ id: 1, name: "Mix" }],
        playlist_tracks: [
          { playlist_id: 1, track_id: 1, position: 1 },
          { playlist_id: 1, track_id: 2, position: 2 },
        ],
      }),
    );
    expect(library.tracks).toMatchObject([
      { path: SONG, failure: null },
      { path: "/music/bad.mp3", failure: { message: "Thread error: no data" } },
    ]);
    expect(library.playlists).toEqual([{ name: "Mix", paths: [SONG], orphaned: 1 }]);
  });
});

describe("C, component tables", () => {
  const track = {
    id: 4,
    file_path: SONG,
    file_hash: "x",
    filename: "song.mp3",
    file_size_bytes: 12,
    status: "analyzed",
    energy: 0.4,
  };
  const tables = {
    tracks: [{ ...track, mode: 1 }],
    mutagen_metadata: [
      {
        id: 1,
        track_id: 4,
        title: "Song",
        genre: '["Jazz"]',
        duration: 60.5,
        bitrate: 128000,
        sample_rate: 22050,
        channels: 1,
        tempo: 90,
        length: 60500,
      },
    ],
    essentia_features: [
      { id: 1, track_id: 4, bpm: 70, key: "D", scale: "minor" },
      { id: 2, track_id: 4, bpm: 91, key: "G", scale: "minor", rhythm_confidence: 2.1, key_confidence: 0.5 },
      { id: 3, track_id: 2, bpm: 55 },
    ],
    musicnn_features: [{ id: 1, track_id: 4, embedding: "[0.5]", tags: '{"jazz": 0.9}', confidence: 0 }],
    audio_analysis: [{ track_id: 4, analysis_type: "librosa", features: '{"tempo": 1}' }],
  };

  test("are joined by the track's present id, the newest of each; the rest are orphans", async () => {
    const library = await read(await makeC(tables));
    expect(library).toMatchObject({ variant: "C", orphaned: 1 });
    const found = only(library);
    expect(found.taken).toEqual({
      "format.duration": 60.5,
      "format.bitrate": 128000,
      "format.sampleRate": 22050,
      "format.channels": 1,
      "rhythm.tempo": 91,
      "tonal.key": "G",
      "tonal.mode": "minor",
    });
    expect(found.tags).toEqual({ title: "Song", genre: ["Jazz"], tempo: 90 });
    expect(found.modelTags).toEqual([{ name: "jazz", score: 0.9 }]);
    expect(leftOut(found)).toEqual([
      "embedding: noModel",
      "energy: thresholds",
      "key_confidence: constant",
      "length: otherTag",
      "librosa_features: otherMeasure",
      "rhythm_confidence: wrongOutput",
    ]);
  });

  test("a whole result in the cache is preferred; the rate of its loaded part is not the file's", async () => {
    const features = {
      essentia: {
        bpm: 140,
        key: "E",
        scale: "major",
        key_strength: 0.9,
        audio_length: 60,
        sample_rate: 16000,
      },
      musicnn: { tags: { rock: 0.8 } },
    };
    const value = JSON.stringify({
      success: true,
      file_path: SONG,
      sample_rate: 16000,
      audio_length: 60,
      features,
    });
    const found = only(
      await read(await makeC({ ...tables, cache: [{ cache_key: "k", cache_value: value }] })),
    );
    expect(found.taken).toMatchObject({
      "rhythm.tempo": 140,
      "tonal.key": "E",
      "tonal.mode": "major",
      "format.sampleRate": 22050,
    });
    expect(found.modelTags).toEqual([{ name: "rock", score: 0.8 }]);
  });

  test("failures lie in the cache, under the path", async () => {
    const cache = [
      {
        cache_key: "failed_analysis:/music/bad.mp3",
        cache_value: '{"error_message": "no"}',
        cache_type: "failed_analysis",
      },
    ];
    const { tracks } = await read(await makeC({ ...tables, cache }));
    expect(tracks).toMatchObject([{ path: SONG }, { path: "/music/bad.mp3", failure: { message: "no" } }]);
  });

  test("a mode is a text or a number", async () => {
    const essentia_features = [{ track_id: 4, key: "D" }];
    const modeOf = async (mode: string | number): Promise<unknown> => {
      const found = only(
        await read(await makeC({ ...tables, tracks: [{ ...track, mode }], essentia_features })),
      );
      return found.taken["tonal.mode"];
    };
    expect([await modeOf(1), await modeOf(0), await modeOf("1.0"), await modeOf("minor")]).toEqual([
      "major",
      "minor",
      "major",
      "minor",
    ]);
  });
});

describe("E, one wide table", () => {
  const row = {
    file_path: SONG,
    file_hash: "x",
    filename: "song.mp3",
    file_size_bytes: 12,
    title: "Song",
    artist: "Unknown",
    duration: 61,
    bpm: 95,
    key: "Db",
    scale: "minor",
    key_strength: 0.4,
    loudness: 0.1,
    spectral_centroid: 900,
    tempo: 96,
    length: 61000,
    embedding: "{}",
    energy: 0.5,
  };

  test.for(Object.keys(WIDE_FAMILIES).map(Number) as WideFamily[])(
    "of %i columns is read by name",
    async (family) => {
      const found = only(await read(await makeE(family, { tracks: [row] })));
      expect(found.taken).toEqual({
        "format.duration": 61,
        "rhythm.tempo": 95,
        "tonal.key": "C#",
        "tonal.mode": "minor",
        "dynamics.rms": -20,
      });
      expect(found.own).toEqual({ spectralCentroidHz: 900, keyStrength: 0.4 });
      expect(found.tags).toEqual({ title: "Song", tempo: 96 });
      expect(leftOut(found)).toEqual(["artist: placeholder", "energy: thresholds", "length: otherTag"]);
    },
  );

  test("says of some files that they failed or were only seen", async () => {
    const tracks = [
      { ...row, status: "failed", error_message: "no data" },
      { ...row, file_path: "/music/b.mp3", status: "discovered", bpm: null, loudness: null },
    ];
    const library = await read(await makeE(113, { tracks }));
    expect(library).toMatchObject({
      variant: "E",
      tracks: [{ failure: { message: "no data" } }, { isSeenOnly: true, failure: null }],
    });
  });
});

describe("D, an export", () => {
  test("in CSV gives title, artist, duration, tempo and key, and nothing that a stand-in may have made", async () => {
    const csv = `\uFEFFfile_path,title,artist,duration_seconds,tempo,key,energy,genre\n"${SONG}","A ""song"", really",Artist,100.5,121.5,F# minor,0.5,Rock\n`;
    const library = await read(csv, "tracks.csv");
    expect(library.variant).toBe("D");
    const track = only(library);
    expect(track.taken).toEqual({
      "format.duration": 100.5,
      "rhythm.tempo": 121.5,
      "tonal.key": "F#",
      "tonal.mode": "minor",
    });
    expect(track.tags).toEqual({ title: 'A "song", really', artist: "Artist" });
    expect(leftOut(track)).toEqual(["energy: standIn", "genre: standIn"]);
  });

  test.for([
    ["a list", `[{"path": "${SONG}", "bpm": 100, "key": "Bb"}]`],
    [
      "an object with a list",
      `{"tracks": [{"file_path": "${SONG}", "bpm": 100, "key": "Bb", "mood_happy": 0.5}]}`,
    ],
    ["a line each", `{"file_path": "${SONG}", "bpm": 100, "key": "Bb", "energy": NaN}\n`],
  ])("in JSON may be %s", async ([, json]) => {
    expect(only(await read(json ?? "")).taken).toEqual({ "rhythm.tempo": 100, "tonal.key": "A#" });
  });
});

describe("what is none of them", () => {
  test.for([
    ["the web pages' database", makeWebLayer, /web pages/],
    [
      "another program's database",
      () => makeDatabase("CREATE TABLE songs (a); CREATE TABLE notes (b)"),
      /notes, songs/,
    ],
    [
      "features without the columns of any form",
      () => makeDatabase("CREATE TABLE audio_features (key BLOB)"),
      /audio_features/,
    ],
    [
      "a view in the place of a table",
      () => makeDatabase("CREATE VIEW audio_features AS SELECT 1 AS key"),
      /no tables/,
    ],
    [
      "a table whose rows are computed",
      () => makeDatabase("CREATE VIRTUAL TABLE tracks USING fts4(id, file_path, bpm, spectral_centroid)"),
      /no database of the earlier Playlista/,
    ],
    ["a text", () => Promise.resolve("hello\nworld"), /its columns are hello/],
    ["nothing", () => Promise.resolve(""), /no rows/],
    ["bytes", () => Promise.resolve(Buffer.from([1, 0, 2])), /neither/],
  ] as const)("%s is refused with what was found", async ([, make, message]) => {
    await expect(make().then((content) => read(content))).rejects.toMatchObject({
      code: "notEarlier",
      message: expect.stringMatching(message) as string,
    });
  });

  test("a damaged database is refused", async () => {
    const bytes = await makeA1({ audio_features: [] });
    bytes.fill(0xaa, 100, 2000);
    await expect(read(bytes)).rejects.toMatchObject({ code: "broken" });
  });

  test("a folder, or nothing at all, can't be read", async () => {
    const folder = await makeFolder();
    await expect(readEarlier(folder)).rejects.toMatchObject({ code: "cannotRead" });
    await expect(readEarlier(join(folder, "none.db"))).rejects.toMatchObject({ code: "cannotRead" });
  });
});

test("a file with -wal beside it is warned of, unless that is empty", async () => {
  const path = join(await makeFolder(), "audio_analysis.db");
  await writeFile(path, await makeA1({ audio_features: [] }));
  await writeFile(`${path}-wal`, "");
  expect((await readEarlier(path)).warnings).toEqual([]);
  await writeFile(`${path}-wal`, "rows");
  expect((await readEarlier(path)).warnings).toEqual([expect.stringContaining("-wal")]);
});

test("a database in WAL mode is read", async () => {
  const bytes = await makeA1({ audio_features: [{ file_hash: "h", file_path: SONG, bpm: 100 }] });
  bytes.set([2, 2], 18);
  expect(only(await read(bytes)).taken).toEqual({ "rhythm.tempo": 100 });
});

test("a computed column is not read", async () => {
  const bytes = await makeDatabase(
    `CREATE TABLE audio_features (file_hash TEXT, file_path TEXT, key INTEGER, bpm REAL AS (100 + 1))`,
    { audio_features: [{ file_hash: "h", file_path: SONG, key: 4 }] },
  );
  expect(only(await read(bytes)).taken).toEqual({ "tonal.key": "E" });
});
