import { expect, test } from "vitest";
import type { FormatFacts } from "../../../../src/shared/analysis";
import { formatLine, titleOf } from "../../../../src/webview/text/formatLine";
import { anAnalysis } from "../anAnalysis";

test("a lossless file is told by codec, rate, depth, channels and length", () => {
  expect(formatLine(anAnalysis())).toBe("The Harbour Trio · FLAC 44.1 kHz 24-bit stereo · 3:47");
});

test("a lossy file is told by its bit rate in place of a depth", () => {
  const format: FormatFacts = {
    container: "MPEG",
    codec: "MP3",
    lossless: false,
    sampleRate: 48_000,
    channels: 1,
    bitDepth: null,
    bitrate: 191_600,
    duration: 61,
    samples: 2_928_000,
  };
  expect(formatLine(anAnalysis({ tags: null, format }))).toBe("MP3 48 kHz mono 192 kbit/s · 1:01");
});

test("odd rates keep their digits and many channels are counted", () => {
  const { format } = anAnalysis();
  const odd = format && { ...format, sampleRate: 11_025, channels: 6 };
  expect(formatLine(anAnalysis({ tags: null, format: odd }))).toBe(
    "FLAC 11.025 kHz 24-bit 6 channels · 3:47",
  );
});

test("nothing is said of a file of which nothing is known", () => {
  expect(formatLine(null)).toBe("");
});

test("the title is the tag's, else the file's name", () => {
  expect(titleOf(anAnalysis(), "x.flac")).toBe("Morning Ferry");
  expect(titleOf(anAnalysis({ tags: null }), "x.flac")).toBe("x.flac");
  expect(titleOf(null, "x.flac")).toBe("x.flac");
});
