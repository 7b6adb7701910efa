import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fixturePath } from "../../../../fixtures/paths";
import { box, mp4File, soundEntry, u32 } from "../../../../fixtures/sound/mp4File";
import { seededRandom } from "../../../../fixtures/sound/random";
import { decodeBytes, decodeFile } from "../../decodeBytes";

const FRAME_LENGTH = 64;

/** Writes numbers bit by bit. */
class BitWriter {
  readonly #bits: number[] = [];

  put(value: number, count: number): this {
    for (let i = count - 1; i >= 0; i--) this.#bits.push(Math.floor(value / 2 ** i) & 1);
    return this;
  }

  bytes(): Uint8Array {
    const bytes = new Uint8Array(Math.ceil(this.#bits.length / 8));
    this.#bits.forEach((bit, i) => (bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (bit << (7 - (i & 7)))));
    return bytes;
  }
}

const cookie = (channels: number, bits: number, frameLength = FRAME_LENGTH): Uint8Array =>
  Buffer.concat([u32(frameLength), Uint8Array.of(0, bits, 40, 10, 14, channels, 0, 255), u32(0, 0, 44100)]);

const alacFile = (units: Uint8Array[], cookieBytes: Uint8Array): Uint8Array =>
  mp4File({ units, entry: soundEntry("alac", box("alac", u32(0), cookieBytes)), unitDuration: FRAME_LENGTH });

/** Channels of each element in a frame, by the number of all. */
const ELEMENTS = [[], [1], [2], [1, 2], [1, 2, 1], [1, 2, 2], [1, 2, 2, 1], [1, 2, 2, 1, 1], [1, 2, 2, 2, 1]];

/** A frame whose samples are written as they are. */
function plainFrame(channels: number[][], bits: number): Uint8Array {
  const writer = new BitWriter();
  const length = channels[0]?.length ?? 0;
  let first = 0;
  for (const count of ELEMENTS[channels.length] ?? []) {
    writer.put(count === 2 ? 1 : 0, 3).put(0, 16);
    writer
      .put(length === FRAME_LENGTH ? 0 : 1, 1)
      .put(0, 2)
      .put(1, 1);
    if (length !== FRAME_LENGTH) writer.put(length, 32);
    for (let i = 0; i < length; i++) {
      for (let c = first; c < first + count; c++)
        writer.put((channels[c]?.[i] ?? 0) + ((channels[c]?.[i] ?? 0) ? 2 ** bits : 0), bits);
    }
    first += count;
  }
  return writer.put(7, 3).bytes();
}

function randomSamples(length: number, bits: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length }, () => Math.floor((random() - 0.5) * 2 ** bits));
}

/** Order in the file of the channels that WAV's order asks for: the file begins with the centre. */
const WAVE_ORDER = [
  [],
  [0],
  [0, 1],
  [1, 2, 0],
  [1, 2, 0, 3],
  [1, 2, 0, 3, 4],
  [1, 2, 0, 5, 3, 4],
  [1, 2, 0, 6, 3, 4, 5],
  [3, 4, 0, 7, 5, 6, 1, 2],
];

describe("ALAC", () => {
  it("gives the very samples that went into the encoder", async () => {
    const { format, channels, summary } = await decodeFile(fixturePath("truncated-alac-m4a.m4a"));
    expect(format).toMatchObject({
      codec: "ALAC",
      lossless: true,
      sampleRate: 22050,
      channels: 1,
      bitDepth: 16,
    });
    expect(summary).toMatchObject({
      decodedSamples: 40960,
      promisedSamples: 88200,
      endsEarly: true,
      damage: [],
    });
    const samples = Int16Array.from(channels[0] ?? [], (sample) => sample * 32768);
    // Made with ffmpeg: -f s16le, 40960 samples.
    expect(createHash("sha256").update(samples).digest("hex")).toBe(FFMPEG_SHA256);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("puts %i channels in WAV's order", async (count) => {
    const sound = Array.from({ length: count }, (_, c) => randomSamples(FRAME_LENGTH, 16, c + 1));
    const { channels } = await decodeBytes(alacFile([plainFrame(sound, 16)], cookie(count, 16)));
    const expected = (WAVE_ORDER[count] ?? []).map((c) =>
      Float32Array.from(sound[c] ?? [], (x) => x / 32768),
    );
    expect(channels).toEqual(expected);
  });

  it.each([16, 20, 24, 32])(
    "reads plain samples of %i bits, and a last frame that is shorter",
    async (bits) => {
      const frames = [randomSamples(FRAME_LENGTH, bits, 3), randomSamples(10, bits, 4)];
      const units = frames.map((frame) => plainFrame([frame], bits));
      const { channels, format } = await decodeBytes(alacFile(units, cookie(1, bits)));
      expect(format.bitDepth).toBe(bits);
      expect(channels).toEqual([Float32Array.from(frames.flat(), (x) => x / 2 ** (bits - 1))]);
    },
  );

  it.each([
    ["a version that does not exist", Buffer.concat([u32(64), Uint8Array.of(9), cookie(1, 16).subarray(5)])],
    ["17 bits", cookie(1, 17)],
    ["no channels", cookie(0, 16)],
    ["frames of 4 billion samples", cookie(1, 16, 0xffffffff)],
    ["a cookie that is cut", cookie(1, 16).subarray(0, 20)],
  ])("refuses %s", async (_, cookieBytes) => {
    await expect(decodeBytes(alacFile([new Uint8Array(9)], cookieBytes))).rejects.toMatchObject({
      code: "corrupt",
    });
  });

  it("takes a frame without an end, or of zeros, for damage and goes on", async () => {
    const good = plainFrame([randomSamples(FRAME_LENGTH, 16, 1)], 16);
    const units = [good, new Uint8Array(good.length), good.subarray(0, 40), good];
    const { summary } = await decodeBytes(alacFile(units, cookie(1, 16)));
    expect(summary).toMatchObject({ decodedSamples: 2 * FRAME_LENGTH, promisedSamples: 4 * FRAME_LENGTH });
    expect(summary.damage).toHaveLength(1);
  });
});

const FFMPEG_SHA256 = "271c3a192e6846d5290a93651c228ca3f64f115ecde0eb2695a2c445c81eef6d";
