import { describe, expect, it } from "vitest";
import { cafBytes, type BigEndianSound } from "../../../fixtures/sound/bigEndian";
import { decodeBytes } from "../decodeBytes";

const STAIRS = Float32Array.from({ length: 255 }, (_, i) => (i - 127) / 128);
const IS_FLOAT = 1;
const IS_LITTLE_ENDIAN = 2;

function sound(bits: number, write: (view: DataView, at: number, value: number) => void): BigEndianSound {
  const data = new Uint8Array((STAIRS.length * bits) / 8);
  STAIRS.forEach((value, i) => {
    write(new DataView(data.buffer), (i * bits) / 8, value);
  });
  return { channels: 1, frames: STAIRS.length, bits, sampleRate: 44100, data };
}

const sound16 = sound(16, (view, at, value) => {
  view.setInt16(at, value * 32768);
});
const little16 = sound(16, (view, at, value) => {
  view.setInt16(at, value * 32768, true);
});
const sound8 = sound(8, (view, at, value) => {
  view.setInt8(at, value * 128);
});
const float32 = sound(32, (view, at, value) => {
  view.setFloat32(at, value);
});

describe("CAF", () => {
  it.each([
    ["16 bits", cafBytes(sound16)],
    ["8 bits", cafBytes(sound8)],
    ["little-endian 16 bits", cafBytes(little16, { flags: IS_LITTLE_ENDIAN })],
    ["float of 32 bits", cafBytes(float32, { flags: IS_FLOAT })],
  ])("gives the exact samples of %s", async (_, bytes) => {
    const { channels, format, summary } = await decodeBytes(bytes);
    expect(channels).toEqual([STAIRS]);
    expect(format).toMatchObject({ container: "CAF", lossless: true, sampleRate: 44100, channels: 1 });
    expect(summary).toMatchObject({ decodedSamples: 255, promisedSamples: 255, endsEarly: false });
  });

  it("reads to the end where the length is left open", async () => {
    const { channels, summary } = await decodeBytes(cafBytes(sound16, { isOpen: true }));
    expect(channels).toEqual([STAIRS]);
    expect(summary).toMatchObject({ promisedSamples: null, endsEarly: false });
  });

  it("says that a file ends early", async () => {
    const { summary } = await decodeBytes(cafBytes(sound16).subarray(0, 68 + 200));
    expect(summary).toMatchObject({ decodedSamples: 100, promisedSamples: 255, endsEarly: true });
  });

  it.each([
    ["ADPCM", cafBytes(sound16, { codec: "ima4" }), "unsupportedCodec"],
    ["no samples", cafBytes(sound16).subarray(0, 52), "corrupt"],
    ["a cut description", cafBytes(sound16).subarray(0, 30), "corrupt"],
    ["no channels", cafBytes({ ...sound16, channels: 0 }), "corrupt"],
  ])("fails with %s", async (_, bytes, code) => {
    await expect(decodeBytes(bytes)).rejects.toMatchObject({ code });
  });
});
