import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseAacConfig } from "../../../../../src/worker/decode/aac/aacConfig";
import { parseAdtsHeader } from "../../../../../src/worker/decode/aac/adtsFrames";
import { Faad2Decoder } from "../../../../../src/worker/faad2/Faad2Decoder";
import { fixturePath } from "../../../../fixtures/paths";
import { aacFrames, aacUnits, LC_STEREO } from "../../../../fixtures/sound/mp4File";
import { seededRandom } from "../../../../fixtures/sound/random";
import { decodeBytes, decodeFile } from "../../decodeBytes";

const FRAMES = aacFrames();
const SAMPLES = FRAMES.length * 1024;

function noise(length: number): Uint8Array {
  const random = seededRandom(9);
  return Uint8Array.from({ length }, () => Math.floor(random() * 255));
}

/** A frame with a checksum field, which nobody checks. */
function withChecksum(frame: Uint8Array): Uint8Array {
  const length = frame.length + 2;
  const head = frame.slice(0, 7);
  head[1] = (head[1] ?? 0) & 0xfe;
  head[3] = ((head[3] ?? 0) & 0xfc) | (length >> 11);
  head[4] = (length >> 3) & 0xff;
  head[5] = ((length & 7) << 5) | ((head[5] ?? 0) & 31);
  return Buffer.concat([head, new Uint8Array(2), frame.subarray(7)]);
}

/** Two frames as one with two raw data blocks. */
function merged(first: Uint8Array, second: Uint8Array): Uint8Array {
  const length = first.length + second.length - 7;
  const head = first.slice(0, 7);
  head[3] = ((head[3] ?? 0) & 0xfc) | (length >> 11);
  head[4] = (length >> 3) & 0xff;
  head[5] = ((length & 7) << 5) | ((head[5] ?? 0) & 31);
  head[6] = ((head[6] ?? 0) & 0xfc) | 1;
  return Buffer.concat([head, first.subarray(7), second.subarray(7)]);
}

function hashOf(channels: Float32Array[]): string {
  const hash = createHash("sha256");
  for (const samples of channels) hash.update(samples);
  return hash.digest("hex");
}

describe("a bare AAC stream", () => {
  it("gives 1024 samples for each whole frame, the first one's too, and says that it is cut", async () => {
    const { format, summary } = await decodeFile(fixturePath("truncated-aac.aac"));
    expect(format).toMatchObject({ container: "ADTS", codec: "AAC", sampleRate: 44100, channels: 2 });
    expect(summary).toMatchObject({ decodedSamples: 92 * 1024, endsEarly: true, damage: [] });
  });

  it.each([
    [
      "behind a tag",
      [Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 100]), new Uint8Array(100), ...FRAMES],
    ],
    ["behind noise", [noise(5000), ...FRAMES]],
    ["with checksums", FRAMES.map(withChecksum)],
    ["before an old tag", [...FRAMES, Buffer.concat([Buffer.from("TAG"), new Uint8Array(125)])]],
  ])("is decoded %s", async (_, parts) => {
    const { channels, summary } = await decodeBytes(Buffer.concat(parts));
    expect(hashOf(channels)).toBe(hashOf((await decodeBytes(Buffer.concat(FRAMES))).channels));
    expect(summary).toMatchObject({ decodedSamples: SAMPLES, endsEarly: false, damage: [] });
  });

  it("may have several blocks in a frame", async () => {
    const pairs = FRAMES.flatMap((frame, i) => (i % 2 === 0 ? [merged(frame, FRAMES[i + 1] ?? frame)] : []));
    const { channels } = await decodeBytes(Buffer.concat(pairs));
    expect(hashOf(channels)).toBe(hashOf((await decodeBytes(Buffer.concat(FRAMES))).channels));
  });

  it("goes on behind rubbish and tells how much was lost", async () => {
    const parts = FRAMES.map((frame, i) => (i >= 30 && i < 40 ? noise(frame.length) : frame));
    const { summary } = await decodeBytes(Buffer.concat(parts));
    expect(summary.decodedSamples).toBe(SAMPLES - 10 * 1024);
    expect(summary.damage).toEqual([expect.closeTo((30 * 1024) / 44100)]);
    expect((summary.promisedSamples ?? 0) / SAMPLES).toBeCloseTo(1, 1);
  });

  it("is corrupt when its frames name no rate that there is", async () => {
    const frames = FRAMES.map((frame) => frame.map((byte, i) => (i === 2 ? byte | 0x3c : byte)));
    await expect(decodeBytes(Buffer.concat(frames))).rejects.toMatchObject({ code: "corrupt" });
  });

  it("goes on behind a frame that is broken within", async () => {
    const parts = FRAMES.map((frame, i) =>
      i === 50 ? Buffer.concat([frame.subarray(0, 7), noise(frame.length - 7)]) : frame,
    );
    const { summary } = await decodeBytes(Buffer.concat(parts));
    expect(summary.decodedSamples).toBeGreaterThanOrEqual(SAMPLES - 1024);
    expect(summary.endsEarly).toBe(false);
  });
});

describe("ADTS headers", () => {
  it("are not seen in MP3", () => {
    const mp3 = readFileSync(fixturePath("truncated-mp3.mp3"));
    const found = [...mp3.keys()].filter((at) => mp3[at] === 0xff && (mp3[at + 1] ?? 0) >= 0xfa);
    expect(found.length).toBeGreaterThan(0);
    expect(found.some((at) => parseAdtsHeader(mp3, at) !== null)).toBe(false);
  });
});

describe("AudioSpecificConfig", () => {
  it.each([
    [
      "AAC-LC",
      [0x12, 0x10],
      { objectType: 2, sampleRate: 44100, outputRate: 44100, channels: 2, hasSbr: false },
    ],
    ["an unusual rate", [0x17, 0x80, 0x3e, 0x80, 0x08], { objectType: 2, sampleRate: 32000, channels: 1 }],
    [
      "stated HE-AAC",
      [0x2b, 0x92, 0x08],
      { objectType: 5, sampleRate: 22050, outputRate: 44100, hasSbr: true },
    ],
    [
      "HE-AAC told at the end",
      [0x13, 0x90, 0x56, 0xe5, 0xa0],
      { sampleRate: 22050, outputRate: 44100, hasSbr: true },
    ],
    ["seven channels and one", [0x11, 0xb8], { sampleRate: 48000, channels: 8 }],
  ])("tells %s", (_, bytes, expected) => {
    expect(parseAacConfig(Uint8Array.from(bytes))).toMatchObject(expected);
  });

  it("is nothing when it is cut or names no rate", () => {
    expect(parseAacConfig(Uint8Array.of(0x12))).toBeNull();
    expect(parseAacConfig(Uint8Array.of(0x16, 0x90))).toBeNull();
  });
});

describe("FAAD2", () => {
  it("answers null for noise and decodes the next unit", async () => {
    const decoder = await Faad2Decoder.open({ kind: "config", bytes: LC_STEREO }, false);
    const units = aacUnits();
    expect(decoder?.decode(units[0] ?? noise(1))?.length).toBe(1024);
    let broken = 0;
    for (let length = 1; length < 400; length += 7) if (!decoder?.decode(noise(length))) broken++;
    expect(broken).toBeGreaterThan(40);
    expect(decoder?.decode(units[1] ?? noise(1))?.length).toBe(1024);
  });

  it("knows no stream of a kind that it can't decode", async () => {
    expect(
      await Faad2Decoder.open({ kind: "config", bytes: Uint8Array.of(0xf9, 0x46, 0x80) }, false),
    ).toBeNull();
    expect(await Faad2Decoder.open({ kind: "config", bytes: new Uint8Array(0) }, false)).toBeNull();
  });
});
