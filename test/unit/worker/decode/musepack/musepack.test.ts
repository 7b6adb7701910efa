import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fixturePath } from "../../../../fixtures/paths";
import { decodeBytes, decodeFile } from "../../decodeBytes";

/** 3.5 s at 44.1 kHz: what went into the encoder. */
const SAMPLES = 154350;
const bytes = Uint8Array.from(readFileSync(fixturePath("piece.mpc")));

describe("Musepack", () => {
  it("gives as many samples as were encoded", async () => {
    const { channels, format, summary } = await decodeFile(fixturePath("piece.mpc"));
    expect(format).toMatchObject({ codec: "Musepack", sampleRate: 44100, channels: 2, lossless: false });
    expect(summary).toMatchObject({
      decodedSamples: SAMPLES,
      promisedSamples: SAMPLES,
      damage: [],
      endsEarly: false,
    });
    expect(channels[0]?.some((x) => Math.abs(x) > 0.1)).toBe(true);
  });

  it("says that a file ends early", async () => {
    const { summary } = await decodeBytes(bytes.subarray(0, 0.6 * bytes.length));
    expect(summary).toMatchObject({ promisedSamples: SAMPLES, endsEarly: true, damage: [] });
    expect(summary.decodedSamples).toBeGreaterThan(0.3 * SAMPLES);
  });

  it("goes on behind damage", async () => {
    const damaged = bytes.slice().fill(0, 0.4 * bytes.length, 0.42 * bytes.length);
    const { summary } = await decodeBytes(damaged);
    expect(summary.decodedSamples).toBeGreaterThan(0.4 * SAMPLES);
    expect(summary.damage.length).toBeGreaterThan(0);
  });

  it.each([
    ["a cut header", bytes.subarray(0, 12), "corrupt"],
    ["no audio behind the header", bytes.subarray(0, 45), "corrupt"],
    ["a version before 7", Buffer.from("MP+\x05".padEnd(100, "x"), "latin1"), "unsupportedCodec"],
    ["a header of version 7 and noise", Buffer.from("MP+\x07".padEnd(100, "x"), "latin1"), "corrupt"],
  ])("fails with %s", async (_, content, code) => {
    await expect(decodeBytes(content)).rejects.toMatchObject({ code });
  });
});
