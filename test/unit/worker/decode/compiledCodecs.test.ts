/** WavPack, TTA, WMA and AC-3: whole, cut and damaged. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fixturePath } from "../../../fixtures/paths";
import { decodeBytes, decodeFile } from "../decodeBytes";

/** SHA-256 of the 16-bit samples that went into the encoders. */
const SOURCE_SHA256 = "0fe48ebf2a574dc135a9636eb388e357c4e727a0974739c23e24bb21c4ea83f1";

function sha256Of16Bits(samples: Float32Array): string {
  return createHash("sha256")
    .update(Int16Array.from(samples, (x) => x * 32768))
    .digest("hex");
}

function bytesOf(name: string): Uint8Array {
  return Uint8Array.from(readFileSync(fixturePath(name)));
}

function zeroed(bytes: Uint8Array, from: number, to: number): Uint8Array {
  return bytes.slice().fill(0, from * bytes.length, to * bytes.length);
}

describe.each(["piece.wv", "piece.tta"])("%s", (name) => {
  it("gives the very samples that were encoded", async () => {
    const { channels, format, summary } = await decodeFile(fixturePath(name));
    expect(sha256Of16Bits(channels[0] ?? new Float32Array(0))).toBe(SOURCE_SHA256);
    expect(format).toMatchObject({ lossless: true, bitDepth: 16, sampleRate: 22050, channels: 1 });
    expect(summary).toMatchObject({
      decodedSamples: 33075,
      promisedSamples: 33075,
      damage: [],
      endsEarly: false,
    });
  });

  it("keeps the part of a damaged file that can be read, and says so", async () => {
    const { summary } = await decodeBytes(zeroed(bytesOf(name), 0.8, 0.82));
    expect(summary.decodedSamples).toBeGreaterThan(20000);
    expect(summary.damage.length).toBeGreaterThan(0);
  });

  it("fails as corrupt when nothing is left behind the header", async () => {
    await expect(decodeBytes(bytesOf(name).subarray(0, 30))).rejects.toMatchObject({ code: "corrupt" });
  });
});

describe("TTA", () => {
  it("says that a file ends early", async () => {
    const bytes = bytesOf("piece.tta");
    const { summary } = await decodeBytes(bytes.subarray(0, 0.9 * bytes.length));
    expect(summary).toMatchObject({ decodedSamples: 23040, promisedSamples: 33075, endsEarly: true });
  });

  it("goes on behind a damaged frame", async () => {
    const { summary } = await decodeBytes(zeroed(bytesOf("piece.tta"), 0.3, 0.35));
    expect(summary).toMatchObject({
      decodedSamples: 33075 - 23040,
      promisedSamples: 33075,
      damage: [0],
      endsEarly: false,
    });
  });
});

describe("WMA", () => {
  it("gives as many samples as its blocks hold", async () => {
    const { format, summary } = await decodeFile(fixturePath("piece.wma"));
    expect(format).toMatchObject({ container: "ASF", codec: "WMA 2", lossless: false, channels: 2 });
    expect(summary).toMatchObject({ decodedSamples: 88064, damage: [], endsEarly: false });
  });

  it("says that a file ends early, and how long it was", async () => {
    const { summary } = await decodeBytes(bytesOf("piece.wma").subarray(0, 12000));
    expect(summary.endsEarly).toBe(true);
    expect(summary.decodedSamples / (summary.promisedSamples ?? 0)).toBeCloseTo(0.5, 0);
  });

  it("goes on behind damage", async () => {
    const { summary } = await decodeBytes(zeroed(bytesOf("piece.wma"), 0.4, 0.6));
    expect(summary.damage.length).toBeGreaterThan(0);
    expect(summary.decodedSamples).toBeGreaterThan(0.6 * 88064);
    expect(summary.promisedSamples).toBeGreaterThan(summary.decodedSamples);
  });

  it("says when a file is protected", async () => {
    const bytes = bytesOf("piece.wma");
    const encryption = Uint8Array.from(Buffer.from("fbb3112223bdd211b4b700a0c955fc6e", "hex"));
    // In place of the first object of the header.
    bytes.set(encryption, 30);
    await expect(decodeBytes(bytes)).rejects.toMatchObject({ code: "unsupportedCodec" });
  });
});

describe("AC-3", () => {
  it("gives 1536 samples a frame", async () => {
    const { format, summary } = await decodeFile(fixturePath("piece.ac3"));
    expect(format).toMatchObject({ codec: "AC-3", sampleRate: 44100, channels: 2, lossless: false });
    expect(summary).toMatchObject({ decodedSamples: 133632, damage: [], endsEarly: false });
  });

  it("puts six channels into WAV's order", async () => {
    const { channels } = await decodeFile(fixturePath("six-channels.ac3"));
    const power = channels.map((channel) => channel.reduce((sum, x) => sum + x * x, 0));
    const loudness = power.map((value) => Math.sqrt(value / (power[0] ?? 1)));
    // Low frequencies are a filtered channel: their power says nothing here.
    loudness.splice(3, 1);
    expect(loudness.map((value) => Number(value.toFixed(1)))).toEqual([1, 0.5, 0.3, 0.1, 0]);
  });

  it("leaves a broken frame out and goes on", async () => {
    const bytes = bytesOf("piece.ac3");
    bytes.fill(0x55, 5000, 5010);
    const { summary } = await decodeBytes(bytes);
    expect(summary).toMatchObject({ decodedSamples: 133632 - 1536, promisedSamples: 133632 });
    expect(summary.damage).toHaveLength(1);
  });

  it("finds the next frame behind rubbish", async () => {
    const { summary } = await decodeBytes(zeroed(bytesOf("piece.ac3"), 0.4, 0.5));
    expect(summary.decodedSamples).toBeGreaterThan(0.85 * 133632);
    expect(summary.damage.length).toBeGreaterThan(0);
  });

  it("says that a file ends within a frame", async () => {
    const { summary } = await decodeBytes(bytesOf("piece.ac3").subarray(0, 20000));
    expect(summary.endsEarly).toBe(true);
  });
});
