import { describe, expect, it } from "vitest";
import { aiffBytes, type BigEndianSound } from "../../../../fixtures/sound/bigEndian";
import { decodeBytes } from "../../decodeBytes";

const FRAMES = 1000;
const STAIRS = Float32Array.from({ length: FRAMES }, (_, i) => ((i % 255) - 127) / 128);
const DOWN = STAIRS.map((x) => 0 - x);

/** Interleaved stairs up and down, each sample written by `write`. */
function stairs(bits: number, write: (view: DataView, at: number, value: number) => void): BigEndianSound {
  const width = bits / 8;
  const data = new Uint8Array(2 * FRAMES * width);
  const view = new DataView(data.buffer);
  for (let i = 0; i < FRAMES; i++) {
    write(view, 2 * i * width, STAIRS[i] ?? 0);
    write(view, (2 * i + 1) * width, DOWN[i] ?? 0);
  }
  return { channels: 2, frames: FRAMES, bits, sampleRate: 44100, data };
}

const sound8 = stairs(8, (view, at, value) => {
  view.setInt8(at, value * 128);
});
const sound16 = stairs(16, (view, at, value) => {
  view.setInt16(at, value * 32768);
});
const little16 = stairs(16, (view, at, value) => {
  view.setInt16(at, value * 32768, true);
});
const sound24 = stairs(24, (view, at, value) => {
  view.setInt16(at, value * 32768);
});
const sound32 = stairs(32, (view, at, value) => {
  view.setInt32(at, value * 2147483648);
});
const float32 = stairs(32, (view, at, value) => {
  view.setFloat32(at, value);
});
const float64 = stairs(64, (view, at, value) => {
  view.setFloat64(at, value);
});

describe("AIFF", () => {
  it.each([
    ["8 bits", aiffBytes(sound8), { codec: "PCM", bitDepth: 8 }],
    ["16 bits", aiffBytes(sound16), { codec: "PCM", bitDepth: 16 }],
    ["24 bits", aiffBytes(sound24), { codec: "PCM", bitDepth: 24 }],
    ["32 bits", aiffBytes(sound32), { codec: "PCM", bitDepth: 32 }],
    ["AIFF-C without compression", aiffBytes(sound16, "NONE"), { codec: "PCM", bitDepth: 16 }],
    ["little-endian 16 bits", aiffBytes(little16, "sowt"), { codec: "PCM", bitDepth: 16 }],
    ["float of 32 bits", aiffBytes(float32, "fl32"), { codec: "PCM float", bitDepth: 32 }],
    ["float of 64 bits", aiffBytes(float64, "FL64"), { codec: "PCM float", bitDepth: 64 }],
  ])("gives the exact samples of %s", async (_, bytes, facts) => {
    const { channels, format, summary } = await decodeBytes(bytes);
    expect(channels).toEqual([STAIRS, DOWN]);
    expect(format).toMatchObject({ ...facts, container: "AIFF", lossless: true, sampleRate: 44100 });
    expect(summary).toMatchObject({ decodedSamples: 1000, promisedSamples: 1000, endsEarly: false });
  });

  it("expands µ-law by ITU-T G.711", async () => {
    const data = Uint8Array.of(0xfe, 0x7e, 0x80, 0x00);
    const sound = { channels: 1, frames: 4, bits: 16, sampleRate: 8000, data };
    const { channels, format } = await decodeBytes(aiffBytes(sound, "ulaw"));
    expect([...(channels[0] ?? [])].map((x) => x * 32768)).toEqual([8, -8, 32124, -32124]);
    expect(format.lossless).toBe(false);
  });

  it("lets no NaN out", async () => {
    const data = new Uint8Array(8);
    new DataView(data.buffer).setFloat32(0, NaN);
    new DataView(data.buffer).setFloat32(4, 0.5);
    const sound = { channels: 1, frames: 2, bits: 32, sampleRate: 8000, data };
    expect((await decodeBytes(aiffBytes(sound, "fl32"))).channels).toEqual([Float32Array.of(0, 0.5)]);
  });

  it("says that a file ends early", async () => {
    const bytes = aiffBytes(sound16);
    const { summary } = await decodeBytes(bytes.subarray(0, bytes.length - 2000));
    expect(summary).toMatchObject({ decodedSamples: 500, promisedSamples: 1000, endsEarly: true });
  });

  it("reads to the end of a streamed file that gives no lengths", async () => {
    const bytes = aiffBytes({ ...sound16, frames: 0 });
    bytes.writeUInt32BE(0, bytes.indexOf("SSND") + 4);
    const { channels, summary } = await decodeBytes(bytes);
    expect(channels).toEqual([STAIRS, DOWN]);
    expect(summary).toMatchObject({ promisedSamples: null, endsEarly: false });
  });

  it.each([
    ["no channels", aiffBytes({ ...sound16, channels: 0 }), "corrupt"],
    ["a rate of 1 THz", aiffBytes({ ...sound16, sampleRate: 1e12 }), "corrupt"],
    ["no samples", aiffBytes({ ...sound16, frames: 0, data: new Uint8Array(0) }), "empty"],
    ["missing samples", aiffBytes(sound16).subarray(0, 40), "corrupt"],
    ["no format", aiffBytes(sound16).subarray(0, 12), "corrupt"],
    ["ADPCM", aiffBytes(sound16, "ima4"), "unsupportedCodec"],
  ])("fails with %s", async (_, bytes, code) => {
    await expect(decodeBytes(bytes)).rejects.toMatchObject({ code });
  });
});
