import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { examplePath, fixturePath } from "../../fixtures/paths";
import { aacUnits, box, mp4File, u32 } from "../../fixtures/sound/mp4File";
import { wavBytes } from "../../fixtures/sound/wavBytes";
import type { Tags } from "../../../src/shared/analysis";
import { FileSource } from "../../../src/worker/FileSource";
import { readTags } from "../../../src/worker/tags";
import { temporaryPath } from "./decodeBytes";

async function tagsIn(path: string, container: string | null): Promise<Tags | null> {
  const source = await FileSource.open(path);
  try {
    return await readTags(source, container);
  } finally {
    await source.close();
  }
}

async function tagsOf(bytes: Uint8Array, container: string | null): Promise<Tags | null> {
  const path = await temporaryPath("tagged");
  await writeFile(path, bytes);
  return tagsIn(path, container);
}

/** An ID3v2.3 tag of Latin-1 text frames, and three frames of MPEG audio behind it. */
function taggedMp3(frames: readonly (readonly [id: string, text: string])[], padding = 0): Buffer {
  const written = Buffer.concat(
    frames.map(([id, text]) => {
      const content = Buffer.from(`\0${text}`, "latin1");
      const head = Buffer.alloc(10);
      head.write(id, "latin1");
      head.writeUInt32BE(content.length, 4);
      return Buffer.concat([head, content]);
    }),
  );
  const body = Buffer.concat([written, Buffer.alloc(padding)]);
  const size = [21, 14, 7, 0].map((shift) => (body.length >> shift) & 0x7f);
  const header = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, ...size]);
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x64]);
  return Buffer.concat([header, body, frame, frame, frame]);
}

describe("readTags", () => {
  it.each([
    [
      "Classical/Petzold - Minuet in G.mp3",
      "MPEG",
      "Minuet in G (BWV Anh. 114)",
      "Christian Petzold",
      "Classical",
    ],
    ["Folk/Greensleeves.flac", "FLAC", "Greensleeves", "Traditional", "Folk"],
    ["Folk/Korobeiniki.opus", "Ogg", "Korobeiniki", "Traditional", "Folk"],
    ["Grooves/Drum and Bass.ogg", "Ogg", "Drum and Bass", "Playlista Examples", "Electronic"],
  ])("reads those of %s", async (name, container, title, artist, genre) => {
    expect(await tagsIn(examplePath(name), container)).toMatchObject({ title, artist, genre: [genre] });
  });

  it.each(["TCON", "TPE1"])(
    "stops at the first thousands of values of %s, and keeps what was read",
    async (id) => {
      const many = Array.from({ length: 10_000 }, (_, i) => `value ${i}`).join("\0");
      const tags = await tagsOf(
        taggedMp3([
          ["TIT2", "A title"],
          [id, many],
          ["TALB", "Not read"],
        ]),
        "MPEG",
      );
      expect(tags).toMatchObject({ title: "A title", album: null });
    },
  );

  it("reads those behind TTA", async () => {
    const tag = Buffer.alloc(128);
    tag.write("TAGGrain of Sand");
    const sound = await readFile(fixturePath("piece.tta"));
    expect(await tagsOf(Buffer.concat([sound, tag]), "TTA")).toMatchObject({ title: "Grain of Sand" });
  });

  it("gives each its own type", async () => {
    const bytes = taggedMp3([
      ["TIT2", "Song"],
      ["TPE2", "All of Them"],
      ["TRCK", "7/12"],
      ["TYER", "1998"],
      ["TBPM", "127"],
      ["TKEY", "F#m"],
      ["TCON", "Techno"],
      ["COMM", "eng\0quite loud"],
      ["TXXX", "REPLAYGAIN_TRACK_GAIN\0-7.25 dB"],
      ["TXXX", "REPLAYGAIN_ALBUM_GAIN\0-6.50 dB"],
    ]);
    expect(await tagsOf(bytes, "MPEG")).toEqual({
      title: "Song",
      artist: null,
      album: null,
      albumArtist: "All of Them",
      trackNumber: 7,
      year: 1998,
      genre: ["Techno"],
      comment: "quite loud",
      tempo: 127,
      key: "F#m",
      replayGainTrack: -7.25,
      replayGainAlbum: -6.5,
    });
  });

  it("reads those of MP4 without reading the index of its sound", async () => {
    const entry = (type: string, text: string): Uint8Array =>
      box(type, box("data", u32(1, 0), Buffer.from(text)));
    const list = box("ilst", entry("\xa9nam", "Title"), entry("\xa9ART", "Artist"));
    const userData = box(
      "meta",
      u32(0),
      box("hdlr", u32(0, 0), Buffer.from("mdirappl"), new Uint8Array(9)),
      list,
    );
    // The parser would fail at this table, and keep a sound one in memory.
    const bytes = mp4File({ units: aacUnits(), userData, sizes: box("stsz", u32(0, 0, 0x1800000)) });
    expect(await tagsOf(bytes, "MP4")).toMatchObject({ title: "Title", artist: "Artist" });
  });

  it("has empty fields for a file without tags", async () => {
    const tags = await tagsOf(wavBytes([new Float32Array(100)], 8000), "WAVE");
    expect(tags).toMatchObject({ title: null, artist: null, genre: [], tempo: null });
  });

  it("is null for what is no audio", async () => {
    expect(await tagsOf(Buffer.from("just text"), null)).toBeNull();
  });

  it("gives no track number or year that cannot be one", async () => {
    const bytes = taggedMp3([
      ["TIT2", "Song"],
      ["TRCK", "9223372036854775808"],
      ["TYER", "99999999999999999999"],
    ]);
    expect(await tagsOf(bytes, "MPEG")).toMatchObject({ title: "Song", trackNumber: null, year: null });
  });

  it("cuts texts and lists that are longer than anyone wrote", async () => {
    const genres = Array.from({ length: 300 }, (_, n) => `g${n}`).join("\0");
    const bytes = taggedMp3([
      ["TIT2", "x".repeat(500_000)],
      ["TCON", genres],
    ]);
    const tags = await tagsOf(bytes, "MPEG");
    expect(tags?.title).toBe("x".repeat(16_384));
    expect(tags?.genre).toHaveLength(100);
  });

  // Each of these took the parser minutes, or more memory than a worker has.
  it.each([
    ["sixteen million genres", [["TCON", "a\0".repeat(8_000_000)]], 0],
    [
      "ten thousand times a thousand genres",
      Array<["TCON", string]>(1000).fill(["TCON", "a\0".repeat(1000)]),
      0,
    ],
    ["eight million values of a field that nobody knows", [["TXXX", `x\0${"a/".repeat(8_000_000)}`]], 0],
    ["a million frames", Array<["TALB", string]>(500_000).fill(["TALB", ""]), 0],
    ["a thousand artists of ten thousand letters", [["TPE1", `${"a".repeat(10_000)}\0`.repeat(1000)]], 0],
    ["nothing but padding", [], 30_000_000],
    [
      "a million genres in a chapter",
      [["CHAP", `x\0${"\0".repeat(16)}TCON\0\x10\0\0\0\0\0${"a\0".repeat(500_000)}`]],
      0,
    ],
  ] as const)("keeps what stands before %s", async (_, frames, padding) => {
    const bytes = taggedMp3([["TIT2", "Song"], ...frames], padding);
    expect(await tagsOf(bytes, "MPEG")).toMatchObject({ title: "Song" });
  });

  it("does so in the chunk of a WAV file too", async () => {
    const tag = taggedMp3([
      ["TIT2", "Song"],
      ["TCON", "a\0".repeat(1_000_000)],
    ]);
    const wav = Buffer.from(wavBytes([new Float32Array(100)], 44100));
    const chunk = Buffer.alloc(8);
    chunk.write("id3 ");
    chunk.writeUInt32LE(tag.length, 4);
    wav.writeUInt32LE(wav.length + tag.length, 4);
    expect(await tagsOf(Buffer.concat([wav, chunk, tag]), "WAVE")).toMatchObject({
      title: "Song",
      genre: [],
    });
  });

  it("survives a tag frame that claims 256 MB", async () => {
    const bytes = taggedMp3([["TIT2", "Song"]]);
    bytes.writeUInt32BE(0x0fffffff, 14);
    const tags = await tagsOf(bytes, "MPEG");
    expect(tags?.title ?? "Song").toBe("Song");
  });
});
