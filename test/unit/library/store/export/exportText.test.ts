/** Exports as other programs read them: CSV by its rules, players' lists, JSON lines. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvHead, csvRows, csvText } from "../../../../../src/library/store/export/csvText";
import { m3uEntry, m3uHead } from "../../../../../src/library/store/export/m3uText";
import { analyzed, failed, noTags } from "../../fixtures/someAnalysis";

/** A reader of RFC 4180 that knows nothing of the writer. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

describe("CSV", () => {
  test("has a column for each value, numbers unrounded, nothing for what is not known", () => {
    const tags = { ...noTags, title: 'A "B", C\nD', genre: ["House", "Soul"] };
    const [names = [], cells = []] = readCsv(csvHead() + csvText([analyzed("/m/a.flac", { tags })]));
    const row = Object.fromEntries(names.map((name, index) => [name, cells[index]]));
    expect(row).toMatchObject({
      path: "/m/a.flac",
      "loudness.integrated": "-9.3",
      "tonal.camelot": "8A",
      "format.lossless": "true",
      "format.bitrate": "900000.5",
      "tags.title": 'A "B", C\nD',
      "tags.genre": "House; Soul",
      "tags.artist": "",
      "error.code": "",
    });
    expect(names).not.toContain("rhythm.beats");
  });

  test("gives texts that a spreadsheet would run an apostrophe, and no number one", () => {
    const tags = {
      ...noTags,
      title: "=HYPERLINK(1)",
      artist: "@x",
      album: "-1",
      comment: "+x",
      albumArtist: "fine",
    };
    const text = csvText([analyzed("/m/a.flac", { tags })]);
    for (const safe of ["'=HYPERLINK(1)", "'@x", "'-1", "'+x", ",fine,", ",-9.3,"])
      expect(text).toContain(safe);
  });

  test("has a text with a bare line end in one cell: no formula of a tag begins a row", () => {
    for (const end of ["\n", "\r"]) expect(csvRows([[`a${end}=1+1`, "b"]])).toBe(`"a${end}=1+1",b\r\n`);
    const text = csvText([analyzed("/m/a.flac", { tags: { ...noTags, title: "\n=1", album: "＝1" } })]);
    for (const safe of [`"'\n=1"`, ",'＝1,"]) expect(text).toContain(safe);
  });

  test("reads back as it was, whatever is in it", () => {
    const cell = fc.string({ unit: "grapheme" }).filter((text) => !text.startsWith("\ufeff"));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 4 }), (rows) => {
        expect(readCsv(csvRows(rows))).toEqual(rows);
      }),
    );
  });
});

describe("a playlist", () => {
  test("names each track with its length and place, from where the list is", () => {
    const tags = { ...noTags, artist: "Nina\nSimone", title: "Sinnerman" };
    expect(m3uHead("My\nlist")).toBe("#EXTM3U\n#PLAYLIST:My list\n");
    expect(m3uEntry(analyzed("/music/Jazz/a.flac", { tags }), "/music/lists")).toBe(
      "#EXTINF:227,Nina Simone - Sinnerman\n../Jazz/a.flac\n",
    );
    expect(m3uEntry(analyzed("/music/été.flac"), "/music")).toBe("#EXTINF:227,été.flac\nété.flac\n");
  });

  test("keeps names that look like remarks apart from them", () => {
    expect(m3uEntry(analyzed("/music/#1.flac"), "/music")).toContain("\n./#1.flac\n");
  });

  test("leaves out what can't be played or written in a line", () => {
    expect(m3uEntry(failed("/music/a.flac"), "/music")).toBeNull();
    expect(m3uEntry(analyzed("/music/a\nb.flac"), "/music")).toBeNull();
  });
});
