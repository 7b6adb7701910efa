import { expect, test } from "vitest";
import type { PageFile } from "../../../../src/shared/pageProtocol";
import { factGroups, formatBytes } from "../../../../src/webview/text/facts";
import { anAnalysis } from "../anAnalysis";

const file: PageFile = {
  name: "Morning Ferry.flac",
  folder: "music/Quayside",
  mediaUri: "",
  canAnalyze: true,
};
const locale = { language: "en-GB", timeZone: "UTC" };

function rows(label: string, analysis = anAnalysis()): Record<string, string | null> {
  const group = factGroups(file, analysis, locale).find((each) => each.label === label);
  return Object.fromEntries((group?.rows ?? []).map((row) => [row.label, row.value]));
}

test("format, tags and file stand apart", () => {
  const labels = factGroups(file, anAnalysis(), locale).map((group) => group.label);
  expect(labels).toEqual(["Format", "Tags", "File"]);
});

test("the format counts in threes", () => {
  expect(rows("Format")).toMatchObject({
    Samples: "10\u202f019\u202f652",
    "Sample rate": "44\u202f100",
    Duration: "3:47.203",
  });
});

test("tags say that they are tags, and those the file does not carry are left out", () => {
  const tags = rows("Tags");
  expect(tags).toMatchObject({
    "Tempo in tags": "124 BPM",
    "Key in tags": "Am",
    "Track gain": "−8.70 dB",
    Genre: "Jazz, Piano",
  });
  expect(Object.keys(tags)).not.toContain("Album gain");
});

test("the file says its place, size and time", () => {
  expect(rows("File")).toMatchObject({
    Name: "Morning Ferry.flac",
    Folder: "music/Quayside",
    Size: "38.2 MB",
    Modified: "20 Nov 2026, 08:30",
  });
});

test("of a file that failed early only its place is known", () => {
  const early = anAnalysis({ format: null, tags: null, file: null });
  expect(factGroups(file, early, locale).map((group) => group.label)).toEqual(["File"]);
  expect(Object.keys(rows("File", early))).toEqual(["Name", "Folder"]);
});

test("sizes keep to the unit that reads best", () => {
  expect([0, 999, 1000, 6_000_000_000].map(formatBytes)).toEqual([
    "0 bytes",
    "999 bytes",
    "1.0 kB",
    "6.0 GB",
  ]);
});

test("what was imported is told apart from what is measured here, with the names that it has there", () => {
  const imported = { ...anAnalysis(), state: "imported", format: null } as const;
  const facts = {
    origin: "B",
    analyzedAt: "2025-08-02T20:15:30",
    duration: 180.5,
    sampleRate: 44100,
    channels: null,
    bitrate: null,
    modelTags: [],
    values: { spectralCentroidHz: 2100.5, chroma: [1, 0.25] },
  } as const;
  expect(
    rows("Imported", {
      ...imported,
      imported: {
        ...facts,
        modelTags: [{ name: "rock", score: 0.75 }],
        values: { ...facts.values, chroma: [1, 0.25] },
      },
    }),
  ).toEqual({
    Duration: "3:00.500",
    "Sample rate": "44\u202f100",
    "Heard by its model": "rock 0.75",
    spectralCentroidHz: "2100.5",
    chroma: "1, 0.25",
  });
});
