/** What the document of an import says before and after. */
import { expect, test } from "vitest";
import { filesFound, importReport, lacksFiles } from "../../../../src/host/import/importReport";
import type { ImportSummary } from "../../../../src/shared/earlier";

const SUMMARY: ImportSummary = {
  variant: "B",
  tracks: 10,
  imported: 6,
  failed: 1,
  skipped: [
    { reason: "noSuchFile", count: 2, examples: ["/music/a|b.mp3"] },
    { reason: "seenOnly", count: 1, examples: ["/music/c.mp3"] },
  ],
  leftOut: [{ name: "mfcc_std", reason: "wrongInput", count: 6 }],
  orphaned: 1,
  playlists: 2,
  playlistEntries: 30,
  playlistOrphans: 4,
  mapping: { from: "/music", to: "/home/me/Music" },
  warnings: ["A file lies beside."],
  isPreview: true,
};

test("a preview says what would come over, what not, and why", () => {
  const text = importReport("playlista.db", SUMMARY);
  expect(text).toMatch(/^# What would be imported from playlista\.db\n/);
  expect(text).toContain("- 10 files: 6 would be imported, 1 as failed there, 3 skipped.\n");
  expect(text).toContain(
    "- 2 playlists with 30 entries would be imported; 4 entries name files that are not to be found.\n",
  );
  expect(text).toContain("- The folder /music there is /home/me/Music here.\n");
  expect(text).toContain("- A file lies beside.\n");
  expect(text).toContain("- Values of 1 file belong to no file any more.");
  expect(text).toMatch(/^\| 2 +\| no such file here +\| \/music\/a\\\|b\.mp3 … \|$/m);
  expect(text).toMatch(/^\| 6 +\| mfcc_std +\| was computed from the wrong input \|$/m);
});

test("after the import it says so", () => {
  const done = {
    ...SUMMARY,
    isPreview: false,
    skipped: [],
    leftOut: [],
    playlists: 0,
    playlistOrphans: 0,
    orphaned: 0,
  };
  const text = importReport("playlista.db", done);
  expect(text).toMatch(/^# Imported from playlista\.db\n/);
  expect(text).not.toMatch(/would|##|playlists/);
});

test("the folder of the music is asked for where files lie elsewhere", () => {
  expect(lacksFiles(SUMMARY)).toBe(true);
  expect(lacksFiles({ ...SUMMARY, mapping: null })).toBe(true);
  expect(lacksFiles({ ...SUMMARY, mapping: null, skipped: [] })).toBe(false);
});

test("a file that was analyzed here already counts as found", () => {
  const known = { reason: "alreadyAnalyzed" as const, count: 3, examples: ["/music/d.mp3"] };
  expect(filesFound(SUMMARY)).toBe(7);
  expect(filesFound({ ...SUMMARY, skipped: [...SUMMARY.skipped, known] })).toBe(10);
});
