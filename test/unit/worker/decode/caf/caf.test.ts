import { describe, expect, it } from "vitest";
import { cafBytes, packedCafBytes, type BigEndianSound } from "../../../../fixtures/sound/bigEndian";
import { aacFrames, aacUnits, LC_STEREO } from "../../../../fixtures/sound/mp4File";
import { decodeBytes } from "../../decodeBytes";

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

  describe("of AAC", () => {
    const units = aacUnits();
    const frames = 10_000;
    const priming = 2112;
    const file = packedCafBytes(
      units,
      { channels: 2, frames, sampleRate: 44100 },
      { codec: "aac ", cookie: LC_STEREO, priming },
    );

    it("gives what the packet table calls music", async () => {
      const { channels, format, summary } = await decodeBytes(file);
      const bare = await decodeBytes(Buffer.concat(aacFrames()));
      expect(channels[0]?.slice(0, 500)).toEqual(bare.channels[0]?.slice(priming, priming + 500));
      expect(format).toMatchObject({ container: "CAF", codec: "AAC", sampleRate: 44100, channels: 2 });
      expect(summary).toMatchObject({ decodedSamples: frames, promisedSamples: frames, endsEarly: false });
    });

    it("fails when the table is missing", async () => {
      const cut = file.subarray(0, file.indexOf("pakt"));
      await expect(decodeBytes(cut)).rejects.toMatchObject({ code: "corrupt" });
    });
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
