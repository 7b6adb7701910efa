import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  aacEntry,
  aacFrames,
  aacUnits,
  box,
  esds,
  LC_STEREO,
  mp4File,
  soundEntry,
  u32,
  type Mp4Options,
} from "../../../../fixtures/sound/mp4File";
import { ByteCursor } from "../../../../../src/worker/decode/ByteCursor";
import { FlacFrameReader } from "../../../../../src/worker/decode/flac/FlacFrameReader";
import { FileSource } from "../../../../../src/worker/FileSource";
import { fixturePath } from "../../../../fixtures/paths";
import { decodeBytes, decodeFile, type Decoded } from "../../decodeBytes";

const UNITS = aacUnits();
const SAMPLES = UNITS.length * 1024;

let plain: Promise<Decoded> | null = null;

/** What the same units give as a bare stream. */
function decodePlain(): Promise<Decoded> {
  return (plain ??= decodeBytes(Buffer.concat(aacFrames())));
}

async function expectSameFrom(start: number, { channels }: Decoded): Promise<void> {
  const length = channels[0]?.length ?? 0;
  const expected = (await decodePlain()).channels.map((channel) => channel.slice(start, start + length));
  expect(channels.map((channel) => hashOf(channel))).toEqual(expected.map((channel) => hashOf(channel)));
}

/** Compared by this, for comparing numbers one by one takes half a second. */
function hashOf(samples: Float32Array = new Float32Array(0)): string {
  return createHash("sha256").update(samples).digest("hex");
}

/** iTunes' note of an encoder's delay, as it lies in the user data. */
function iTunesNote(delay: string): Uint8Array {
  const text = ` 00000000 ${delay} 000001CA 00000000003F31F6`;
  const note = box(
    "----",
    box("mean", u32(0), Buffer.from("com.apple.iTunes")),
    box("name", u32(0), Buffer.from("iTunSMPB")),
    box("data", u32(1, 0), Buffer.from(text)),
  );
  return box("meta", u32(0), box("hdlr", u32(0, 0), Buffer.from("mdir"), u32(0, 0, 0)), box("ilst", note));
}

function fragment(units: Uint8Array[]): Uint8Array {
  const build = (offset: number): Uint8Array =>
    box(
      "moof",
      box(
        "traf",
        box("tfhd", u32(0x20000, 1), u32(0, 0, 0, 0)),
        box("trun", u32(0x201, units.length, offset, ...units.map(({ length }) => length))),
      ),
    );
  const moof = build(build(0).length + 8);
  return Buffer.concat([moof, box("mdat", ...units)]);
}

function fragmented(units: Uint8Array[], perFragment: number): Uint8Array {
  const head = mp4File({ units: [] });
  // The index without samples gets the box that announces fragments.
  const at = Buffer.from(head).indexOf("moov") - 4;
  const moov = head.subarray(at, Buffer.from(head).indexOf("mdat") - 4);
  const index = box("moov", moov.subarray(8), box("mvex", box("trex", u32(0, 1, 1, 1024, 0, 0))));
  const parts = [head.subarray(0, at), index];
  for (let i = 0; i < units.length; i += perFragment) parts.push(fragment(units.slice(i, i + perFragment)));
  return Buffer.concat(parts);
}

describe("AAC in MP4", () => {
  it.each<[string, Partial<Mp4Options>]>([
    ["with its index at the front", {}],
    ["with its index at the end", { moov: "end" }],
    ["with 64-bit places", { moov: "end", isLong: true }],
    ["with one unit a chunk", { unitsPerChunk: 1 }],
    ["with all units in one chunk", { unitsPerChunk: 1000 }],
    ["with other things between the sound", { gapBytes: 70_000, moov: "end" }],
    ["of QuickTime, with its description in a box", { brand: "qt  ", entry: quickTimeEntry() }],
    ["with sizes of 16 bits", { sizes: box("stz2", u32(0, 16, UNITS.length), shortSizes()) }],
    ["with a timescale that is not the sample rate", { timescale: 90_000, unitDuration: 2090 }],
  ])("gives every sample of a file %s", async (_, options) => {
    const bytes = mp4File({ units: UNITS, ...options });
    const decoded = await decodeBytes(bytes);
    await expectSameFrom(0, decoded);
    expect(decoded.summary).toMatchObject({ decodedSamples: SAMPLES, promisedSamples: SAMPLES, damage: [] });
    expect(decoded.facts.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  it("says what it is", async () => {
    expect((await decodeBytes(mp4File({ units: UNITS }))).format).toEqual({
      container: "MP4",
      codec: "AAC",
      lossless: false,
      sampleRate: 44100,
      channels: 2,
      bitDepth: null,
    });
  });

  it("leaves out what the edit list leaves out at the start, to the sample", async () => {
    const decoded = await decodeBytes(mp4File({ units: UNITS, edits: [{ seconds: 0, start: 2112 }] }));
    await expectSameFrom(2112, decoded);
    expect(decoded.summary.decodedSamples).toBe(SAMPLES - 2112);
  });

  it("ends with the unit in which the edit list ends", async () => {
    const decoded = await decodeBytes(mp4File({ units: UNITS, edits: [{ seconds: 1, start: 1024 }] }));
    await expectSameFrom(1024, decoded);
    expect(decoded.summary).toMatchObject({ decodedSamples: 44 * 1024, promisedSamples: 44 * 1024 });
  });

  it("joins the parts that an edit list names, and hears each only once", async () => {
    const edits = [
      { seconds: 0.5, start: 1024 },
      { seconds: 0.2, start: 51 * 1024 },
      { seconds: 0.5, start: 1024 },
    ];
    const { summary } = await decodeBytes(mp4File({ units: UNITS, edits }));
    expect(summary.decodedSamples).toBe(22 * 1024 + 9 * 1024);
  });

  it("leaves out the delay that iTunes noted, unless there is an edit list", async () => {
    const userData = iTunesNote("00000840");
    const decoded = await decodeBytes(mp4File({ units: UNITS, userData }));
    await expectSameFrom(0x840, decoded);
    const edits = [{ seconds: 0, start: 0 }];
    const edited = await decodeBytes(mp4File({ units: UNITS, userData, edits }));
    expect(edited.summary.decodedSamples).toBe(SAMPLES);
  });

  it("leaves out what old files hide by a shift in time, and believes no absurd one", async () => {
    await expectSameFrom(1024, await decodeBytes(mp4File({ units: UNITS, shifts: [1, 1024, 91, 0] })));
    for (const shifts of [
      [1, 0xfffffc00, 91, 0],
      [1, 0x7fffffff, 91, 0],
      [92, 1024],
      [1, 0, 91, 1024],
    ]) {
      expect((await decodeBytes(mp4File({ units: UNITS, shifts }))).summary.decodedSamples).toBe(SAMPLES);
    }
  });

  it.each([1, 7, 200])("decodes fragments of %i units", async (perFragment) => {
    const decoded = await decodeBytes(fragmented(UNITS, perFragment));
    await expectSameFrom(0, decoded);
    expect(decoded.summary).toMatchObject({ decodedSamples: SAMPLES, endsEarly: false, damage: [] });
  });

  it("says that a fragmented file ends early", async () => {
    const bytes = fragmented(UNITS, 10);
    const { summary } = await decodeBytes(bytes.subarray(0, bytes.length - 3000));
    expect(summary).toMatchObject({ endsEarly: true, promisedSamples: null });
    expect(summary.decodedSamples).toBeGreaterThan(80 * 1024);
  });
});

describe("other sound in MP4", () => {
  const stairs = Int16Array.from({ length: 20_000 }, (_, i) => ((i * 37) % 60_000) - 30_000);
  const [left, right] = [0, 1].map((c) =>
    Float32Array.from({ length: stairs.length / 2 }, (_, i) => (stairs[2 * i + c] ?? 0) / 32768),
  );

  /** A file of single frames, or of what QuickTime calls samples: sizes of 1. */
  function pcmFile(type: string, data: Buffer, size: number): Uint8Array {
    const units = Array.from({ length: data.length / 4 }, (_, i) => data.subarray(4 * i, 4 * i + 4));
    const sizes = box("stsz", u32(0, size, units.length));
    const entry = soundEntry(type);
    return mp4File({
      units,
      sizes,
      entry,
      unitDuration: 1,
      unitsPerChunk: 3000,
      gapBytes: 10,
      brand: "qt  ",
    });
  }

  it.each([
    ["sowt", 4],
    ["sowt", 1],
    ["twos", 4],
  ])("gives the exact samples of PCM called %s with sizes of %i", async (type, size) => {
    const data = Buffer.from(stairs.buffer.slice(0));
    const { channels, format, summary } = await decodeBytes(
      pcmFile(type, type === "twos" ? data.swap16() : data, size),
    );
    expect(format).toMatchObject({ container: "QuickTime", codec: "PCM", lossless: true, bitDepth: 16 });
    expect(channels.map((channel) => hashOf(channel))).toEqual(
      [left, right].map((channel) => hashOf(channel)),
    );
    expect(summary).toMatchObject({ decodedSamples: 10_000, promisedSamples: 10_000, endsEarly: false });
  });

  it("says how much of PCM is missing at the end", async () => {
    const bytes = pcmFile("sowt", Buffer.from(stairs.buffer.slice(0)), 4);
    const { summary } = await decodeBytes(bytes.subarray(0, bytes.length - 10_000));
    expect(summary).toMatchObject({ promisedSamples: 10_000, endsEarly: true });
    expect(summary.decodedSamples).toBeGreaterThan(5000);
  });

  it("decodes FLAC", async () => {
    const path = fixturePath("flac-unknown-length.flac");
    const flac = await decodeFile(path);
    const source = await FileSource.open(path);
    const info = await source.read(4, 38);
    const reader = new FlacFrameReader(new ByteCursor(source, 42));
    const units: Uint8Array[] = [];
    for (let frame = await reader.next(); frame; frame = await reader.next()) units.push(frame.bytes);
    await source.close();
    const entry = soundEntry("fLaC", box("dfLa", u32(0), info));
    const { channels, format } = await decodeBytes(mp4File({ units, entry, unitDuration: 4608 }));
    expect(format).toMatchObject({ container: "MP4", codec: "FLAC", lossless: true });
    expect(channels.map((channel) => hashOf(channel))).toEqual(
      flac.channels.map((channel) => hashOf(channel)),
    );
  });

  it("decodes Opus, and leaves out its delay where no edit list says so", async () => {
    // Silence of 20 ms.
    const units = Array.from({ length: 50 }, () => Uint8Array.of(0xfc, 0xff, 0xfe));
    const entry = soundEntry("Opus", box("dOps", [0, 2, 1, 0x38, 0, 0, 0xbb, 0x80, 0, 0, 0]));
    const options = { units, entry, timescale: 48_000, unitDuration: 960 };
    const { format, summary } = await decodeBytes(mp4File(options));
    expect(format).toMatchObject({ codec: "Opus", sampleRate: 48_000, channels: 2 });
    expect(summary.decodedSamples).toBe(48_000 - 312);
    const edited = await decodeBytes(mp4File({ ...options, edits: [{ seconds: 0, start: 1000 }] }));
    expect(edited.summary.decodedSamples).toBe(47_000);
  });
});

describe("a damaged MP4 file", () => {
  it("gives what is there when its end is missing, and says how much that is", async () => {
    const bytes = mp4File({ units: UNITS });
    const { summary } = await decodeBytes(bytes.subarray(0, bytes.length / 2));
    expect(summary).toMatchObject({ endsEarly: true, promisedSamples: SAMPLES, damage: [] });
    expect(summary.decodedSamples / SAMPLES).toBeGreaterThan(0.4);
    expect(summary.decodedSamples / SAMPLES).toBeLessThan(0.6);
  });

  it("goes on behind units that are zero or noise", async () => {
    const units = UNITS.map((unit, i) => (i === 20 ? unit.map(() => 0) : unit));
    const { summary } = await decodeBytes(mp4File({ units }));
    expect(summary).toMatchObject({
      decodedSamples: SAMPLES - 1024,
      promisedSamples: SAMPLES,
      endsEarly: false,
    });
    expect(summary.damage).toEqual([expect.closeTo((20 * 1024) / 44100)]);
  });

  it("is corrupt without its index", async () => {
    const bytes = mp4File({ units: UNITS, moov: "end" });
    const cut = decodeBytes(bytes.subarray(0, bytes.length - 100));
    await expect(cut).rejects.toMatchObject({
      code: "corrupt",
      message: expect.stringContaining("index") as string,
    });
  });

  it.each([
    ["of 4 billion units of a byte", u32(0, 1, 0xffffffff)],
    ["of 4 billion units in no space", u32(0, 0, 0xffffffff)],
    ["of units of 4 GB", u32(0, 0xffffffff, 92)],
  ])("costs nothing with a table %s", async (_, table) => {
    const { summary } = await decodeBytes(mp4File({ units: UNITS, sizes: box("stsz", table) }));
    expect(summary.decodedSamples).toBe(0);
    expect(summary.endsEarly || summary.damage.length > 0).toBe(true);
  });

  it("comes to an end where boxes claim to be endless", async () => {
    const bytes = Buffer.from(mp4File({ units: UNITS, moov: "end" }));
    bytes.writeUInt32BE(1, bytes.indexOf("mdat") - 4);
    bytes.fill(0xff, bytes.indexOf("mdat") + 4, bytes.indexOf("mdat") + 12);
    await expect(decodeBytes(bytes)).rejects.toMatchObject({ code: "corrupt" });
  });
});

describe("an MP4 file that can't be decoded", () => {
  it.each([
    ["drms", box("drms", soundEntry("mp4a").subarray(8))],
    ["enca", soundEntry("enca", esds(LC_STEREO), box("sinf", box("frma", Buffer.from("mp4a"))))],
    ["mp4a that is protected", soundEntry("mp4a", esds(LC_STEREO), box("sinf"))],
  ])("is told to be protected by %s", async (_, entry) => {
    await expect(decodeBytes(mp4File({ units: UNITS, entry }))).rejects.toMatchObject({ code: "drm" });
  });

  it.each([
    ["MP3", aacEntry(LC_STEREO, 0x6b)],
    ["AC-3", soundEntry("ac-3")],
    ["?zzz", soundEntry("\x01zzz")],
    ["a kind of AAC", aacEntry(Uint8Array.of(0xf9, 0x46, 0x80))],
  ])("names its codec: %s", async (name, entry) => {
    const failure = { code: "unsupportedCodec", message: expect.stringContaining(name) as string };
    await expect(decodeBytes(mp4File({ units: UNITS, entry }))).rejects.toMatchObject(failure);
  });

  it("is no audio when it only has pictures", async () => {
    const film = mp4File({ units: UNITS, handler: "vide", entry: box("avc1", new Uint8Array(78)) });
    await expect(decodeBytes(film)).rejects.toMatchObject({ code: "notAudio" });
  });
});

/** As QuickTime writes it: version 1, sixteen more bytes, and all else in "wave". */
function quickTimeEntry(): Uint8Array {
  const entry = Buffer.from(soundEntry("mp4a"));
  entry.writeUInt16BE(1, 16);
  const wave = box("wave", box("frma", Buffer.from("mp4a")), esds(LC_STEREO), u32(8, 0));
  return box("mp4a", entry.subarray(8), u32(1024, 0, 0, 2), wave);
}

function shortSizes(): Uint8Array {
  const bytes = Buffer.alloc(2 * UNITS.length);
  UNITS.forEach(({ length }, i) => bytes.writeUInt16BE(length, 2 * i));
  return bytes;
}
