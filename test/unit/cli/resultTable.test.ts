import { expect, test } from "vitest";
import { resultTable, tableRow } from "../../../src/cli/resultTable";
import { someGroups } from "../../fixtures/someGroups";
import { analyzed, failed } from "../library/fixtures/someAnalysis";

test("a file is a row with its numbers aligned, a failed one says why", () => {
  const long = analyzed("a/Morning Ferry.flac", {
    rhythm: { ...someGroups.rhythm, tempo: 98.04, confidence: 0.5 },
  });
  const bad = failed("b.mp3", { error: { code: "corrupt", message: "Nothing in it.", attempts: 2 } });
  const table = resultTable([long, analyzed("c.wav"), bad].map(tableRow));
  expect(table.split("\n")).toEqual([
    "File                  Length    BPM  Conf.  Key      Camelot  LUFS  Peak dBFS  Note",
    "a/Morning Ferry.flac    3:47   98.0   0.50  A minor  8A       −9.3       −0.1",
    "c.wav                   3:47  124.0   0.80  A minor  8A       −9.3       −0.1",
    "b.mp3                      –      –      –  –        –           –          –  failed (corrupt): Nothing in it.",
  ]);
});

test("a file's name cannot give orders to the terminal", () => {
  expect(tableRow(analyzed("evil\u001b[2J.mp3"))[0]).toBe("evil\ufffd[2J.mp3");
});

test("a value that could not be measured has its reason in the note", () => {
  const drums = analyzed("drums.wav", {
    tonal: { ...someGroups.tonal, key: null, mode: null, strength: null, camelot: null, openKey: null },
    missing: { "tonal.key": "notTonal", "tonal.mode": "notTonal" },
  });
  expect(tableRow(drums).at(-1)).toBe("key: no clear key");
});

test("a path far longer than all others makes its own line long only", () => {
  const long = `${"deep/".repeat(200)}a.mp3`;
  const [head = "", first = "", second = ""] = resultTable(
    [analyzed("b.mp3"), analyzed(long)].map(tableRow),
  ).split("\n");
  expect(head.length).toBeLessThan(100);
  expect(first.length).toBeLessThan(100);
  expect(second).toContain(long);
});
