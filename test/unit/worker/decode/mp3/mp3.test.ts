import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { examplePath, fixturePath } from "../../../../fixtures/paths";
import { decodeBytes, decodeFile } from "../../decodeBytes";

// 4.2 s of stereo at 44.1 kHz with an Info frame, behind 8000 bytes of rubbish.
const SAMPLES = 185219;
const RUBBISH_BYTES = 8000;
const wholeFile = async (): Promise<Buffer> =>
  (await readFile(fixturePath("mp3-garbage-before.mp3"))).subarray(RUBBISH_BYTES);

describe("MP3", () => {
  it.each([
    ["Classical/Petzold - Minuet in G.mp3", 2082150],
    ["Jazz and Ragtime/When the Saints Go Marching In.mp3", 2021889],
  ])("gives the samples of %s without the encoder's silence", async (name, samples) => {
    const { format, summary } = await decodeFile(examplePath(name));
    expect(format).toMatchObject({
      container: "MPEG",
      codec: "MP3",
      lossless: false,
      sampleRate: 44100,
      bitDepth: null,
    });
    expect(summary).toMatchObject({
      decodedSamples: samples,
      promisedSamples: samples,
      damage: [],
      endsEarly: false,
    });
  });

  it("finds the first frame behind rubbish", async () => {
    const { summary } = await decodeFile(fixturePath("mp3-garbage-before.mp3"));
    expect(summary).toMatchObject({ decodedSamples: SAMPLES, damage: [], endsEarly: false });
  });

  it("does not mind rubbish behind the last frame", async () => {
    const rubbish = Buffer.from(Uint8Array.from({ length: 20_000 }, (_, i) => (i * i * 31) & 0x7f));
    const { summary } = await decodeBytes(Buffer.concat([await wholeFile(), rubbish]));
    expect(summary).toMatchObject({ decodedSamples: SAMPLES, damage: [], endsEarly: false });
  });

  it("takes a tag between frames for no damage", async () => {
    const bytes = await wholeFile();
    const tag = Buffer.alloc(10 + 100);
    tag.set([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 100]);
    const { summary } = await decodeBytes(Buffer.concat([tag, bytes, tag, bytes]));
    expect(summary.damage).toEqual([]);
    expect(summary.decodedSamples).toBeGreaterThan(2 * SAMPLES - 1);
  });

  it("reads audio that lies within a tag by the tag's own claim", async () => {
    const { summary } = await decodeFile(fixturePath("mp3-tag-claims-200mb.mp3"));
    expect(summary.decodedSamples).toBe(SAMPLES);
  });

  it("says that a file ends early", async () => {
    const { summary } = await decodeFile(fixturePath("truncated-mp3.mp3"));
    expect(summary).toMatchObject({ promisedSamples: SAMPLES, damage: [], endsEarly: true });
    expect(summary.decodedSamples).toBeGreaterThan(SAMPLES * 0.48);
    expect(summary.decodedSamples).toBeLessThan(SAMPLES * 0.52);
  });

  it("sees by its broken last frame that a file without an Info frame ends early", async () => {
    const { summary } = await decodeFile(fixturePath("mp3-truncated-no-info.mp3"));
    expect(summary).toMatchObject({ promisedSamples: null, endsEarly: true });
  });

  it("goes on behind 64 KiB of zeros and says where they are", async () => {
    const { summary } = await decodeFile(fixturePath("zeroed-mp3.mp3"));
    expect(summary.damage).toHaveLength(1);
    expect(summary.promisedSamples).toBe(SAMPLES);
    expect(summary.endsEarly).toBe(false);
    expect(summary.decodedSamples).toBeGreaterThan(SAMPLES * 0.3);
  });

  it("fails when there is a tag and nothing else", async () => {
    await expect(decodeFile(fixturePath("mp3-only-tag.mp3"))).rejects.toMatchObject({ code: "empty" });
  });
});
