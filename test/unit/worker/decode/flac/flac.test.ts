import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { examplePath, fixturePath } from "../../../../fixtures/paths";
import { decodeBytes, decodeFile, type Decoded } from "../../decodeBytes";

// 4.2 s of mono at 22.05 kHz, with a STREAMINFO that leaves the length open.
const SAMPLES = 92610;
const wholeFile = (): Promise<Buffer> => readFile(fixturePath("flac-unknown-length.flac"));

/** The bytes with another number of samples in STREAMINFO. */
function claiming(bytes: Uint8Array, samples: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  new DataView(copy.buffer).setUint32(22, samples);
  return copy;
}

/** How many samples at the start, or at the end, are the same as in the whole file. */
function matching(part: Decoded, whole: Decoded, from: "start" | "end"): number {
  const a = part.channels[0] ?? new Float32Array(0);
  const b = whole.channels[0] ?? new Float32Array(0);
  for (let i = 0; i < a.length; i++) {
    const same = from === "start" ? a[i] === b[i] : a[a.length - 1 - i] === b[b.length - 1 - i];
    if (!same) return i;
  }
  return a.length;
}

describe("FLAC", () => {
  it("gives every sample, exact to the bit", async () => {
    const { format, channels, summary } = await decodeFile(examplePath("Folk/Greensleeves.flac"));
    expect(format).toEqual({
      container: "FLAC",
      codec: "FLAC",
      lossless: true,
      sampleRate: 32000,
      channels: 1,
      bitDepth: 16,
    });
    expect(summary).toMatchObject({
      decodedSamples: 988606,
      promisedSamples: 988606,
      damage: [],
      endsEarly: false,
    });
    const steps = [...(channels[0] ?? [])].map((sample) => sample * 32768);
    expect(steps.every(Number.isInteger)).toBe(true);
    expect(Math.max(...steps.slice(0, 100_000))).toBeGreaterThan(1000);
  });

  it("has nothing to complain about when the header leaves the length open", async () => {
    const { summary } = await decodeBytes(await wholeFile());
    expect(summary).toMatchObject({
      decodedSamples: SAMPLES,
      promisedSamples: null,
      damage: [],
      endsEarly: false,
    });
  });

  it("says that a file ends early", async () => {
    const { summary } = await decodeFile(fixturePath("truncated-flac.flac"));
    expect(summary.endsEarly).toBe(true);
    expect(summary.promisedSamples).toBe(SAMPLES);
    expect(summary.decodedSamples).toBeGreaterThan(SAMPLES * 0.4);
  });

  it("says that samples are missing which the header promised", async () => {
    const { summary } = await decodeBytes(claiming(await wholeFile(), SAMPLES * 3));
    expect(summary).toMatchObject({ decodedSamples: SAMPLES, promisedSamples: SAMPLES * 3, endsEarly: true });
  });

  it("drops only the frame in which a byte is wrong, and says where", async () => {
    const bytes = claiming(await wholeFile(), SAMPLES);
    const whole = await decodeBytes(bytes);
    bytes[70_000] = (bytes[70_000] ?? 0) ^ 0x10;
    const damaged = await decodeBytes(bytes);
    expect(damaged.summary.damage).toHaveLength(1);
    expect(damaged.summary.endsEarly).toBe(false);
    expect(damaged.summary.promisedSamples).toBe(SAMPLES);
    const lost = SAMPLES - damaged.summary.decodedSamples;
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThanOrEqual(4608);
    const before = matching(damaged, whole, "start");
    expect(damaged.summary.damage[0]).toBeCloseTo(before / 22050, 3);
    expect(before + matching(damaged, whole, "end")).toBeGreaterThanOrEqual(damaged.summary.decodedSamples);
  });

  it("goes on behind 30 kB of zeros", async () => {
    const bytes = claiming(await wholeFile(), SAMPLES);
    const whole = await decodeBytes(bytes);
    bytes.fill(0, 50_000, 80_000);
    const damaged = await decodeBytes(bytes);
    expect(damaged.summary.damage).toHaveLength(1);
    const share = damaged.summary.decodedSamples / SAMPLES;
    // Two broken frames at most, besides what was overwritten.
    expect(share).toBeGreaterThan(1 - 30_000 / bytes.length - (2 * 4608) / SAMPLES);
    expect(matching(damaged, whole, "end")).toBeGreaterThan(SAMPLES * 0.2);
  });

  it("reads past rubbish behind the last frame", async () => {
    const bytes = await wholeFile();
    const tag = Buffer.alloc(128);
    tag.write("TAG some title");
    const { summary } = await decodeBytes(Buffer.concat([bytes, tag]));
    expect(summary).toMatchObject({ decodedSamples: SAMPLES, damage: [], endsEarly: false });
  });

  it("believes the frames where STREAMINFO says otherwise, and tells of it", async () => {
    const bytes = Uint8Array.from(await wholeFile());
    const whole = await decodeBytes(bytes);
    // 32 bits a sample instead of 16.
    bytes[20] = (bytes[20] ?? 0) | 1;
    const { format, channels, summary } = await decodeBytes(bytes);
    expect(format.bitDepth).toBe(16);
    expect(channels).toEqual(whole.channels);
    expect(summary).toMatchObject({ decodedSamples: SAMPLES, damage: [0], endsEarly: false });
  });

  it("decodes frames whose STREAMINFO is lost", async () => {
    const bytes = Uint8Array.from(await wholeFile());
    bytes.fill(0, 8, 42);
    const { summary, format } = await decodeBytes(bytes);
    expect(format).toMatchObject({ sampleRate: 22050, channels: 1, bitDepth: 16 });
    expect(summary.decodedSamples).toBe(SAMPLES);
  });

  it("fails when there is only the marker", async () => {
    await expect(decodeFile(fixturePath("flac-marker-only.flac"))).rejects.toMatchObject({ code: "corrupt" });
  });
});
