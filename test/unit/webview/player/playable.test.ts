import { expect, test } from "vitest";
import { isSound, mediaType } from "../../../../src/webview/player/playable";
import { anAnalysis } from "../anAnalysis";

const flac = anAnalysis().format;

test("what the file was found to be goes before its extension", () => {
  expect(mediaType("really-flac.mp3", flac)).toBe("audio/flac");
});

test("FLAC in Ogg is asked for as such", () => {
  expect(mediaType("a.oga", flac && { ...flac, container: "Ogg" })).toBe('audio/ogg; codecs="flac"');
});

test("before an analysis the extension tells", () => {
  expect(mediaType("Song.MP3", null)).toBe("audio/mpeg");
  expect(mediaType("a.b.opus", null)).toBe('audio/ogg; codecs="opus"');
});

test("nothing is known of a file with a strange extension", () => {
  expect(mediaType("notes.txt", null)).toBeNull();
  expect(mediaType("noextension", null)).toBeNull();
});

test("a file in which no sound was found has nothing to play, one with a known format has", () => {
  const analysis = anAnalysis();
  const failed = { kind: "failed", code: "notAudio", message: "", analysis } as const;
  expect(isSound(failed, { ...analysis, format: null })).toBe(false);
  expect(isSound(failed, analysis)).toBe(true);
  expect(isSound({ kind: "gone" }, null)).toBe(false);
  expect(isSound({ kind: "notAnalyzed" }, null)).toBe(true);
});

test("what no browser plays is not asked for", () => {
  expect(mediaType("a.m4a", flac && { ...flac, container: "MP4", codec: "ALAC" })).toBeNull();
  expect(mediaType("a.wav", flac && { ...flac, container: "AIFF", codec: "PCM" })).toBeNull();
});
