/** A whole analysis for tests of the page; each test changes what it is about. */
import type { Analysis } from "../../../src/shared/analysis";
import { someGroups } from "../../fixtures/someGroups";

export function anAnalysis(change: Partial<Analysis> = {}): Analysis {
  return {
    path: "/music/Morning Ferry.flac",
    state: "analyzed",
    warnings: [],
    file: { size: 38_217_442, modified: Date.UTC(2026, 10, 20, 8, 30), sha256: "9f86d081" },
    format: {
      container: "FLAC",
      codec: "FLAC",
      lossless: true,
      sampleRate: 44_100,
      channels: 2,
      bitDepth: 24,
      bitrate: 1_411_200,
      duration: 227.203,
      samples: 10_019_652,
    },
    tags: {
      title: "Morning Ferry",
      artist: "The Harbour Trio",
      album: "Quayside",
      albumArtist: null,
      trackNumber: 3,
      year: 2019,
      genre: ["Jazz", "Piano"],
      comment: null,
      tempo: 124,
      key: "Am",
      replayGainTrack: -8.7,
      replayGainAlbum: null,
    },
    ...someGroups,
    loudness: { ...someGroups.loudness, integrated: -9.34, range: 5.1, truePeak: -0.82 },
    dynamics: {
      ...someGroups.dynamics,
      dcOffset: 0.0002,
      clippedRuns: 0,
      leadingSilence: 0.1,
      trailingSilence: 0.3,
    },
    stereo: { correlation: 0.8, dualMono: false, silentChannels: [] },
    rhythm: { ...someGroups.rhythm, tempo: 123.98, confidence: 0.91 },
    tonal: { ...someGroups.tonal, strength: 0.78 },
    missing: {},
    versions: { app: "0.1.0", schema: 1, measurements: { loudness: 1, tempo: 1, key: 1 } },
    timing: { analyzedAt: "2026-11-24T14:03:00.000Z", decodeMs: 700, analyzeMs: 900, workerId: 1 },
    ...change,
  };
}
