import { describe, expect, it } from "vitest";
import { fixturePath } from "../../../../fixtures/paths";
import { wavBytes } from "../../../../fixtures/sound/wavBytes";
import { decodeBytes, decodeFile } from "../../decodeBytes";

const RATE = 8000;
const STAIRS = Float32Array.from({ length: 1000 }, (_, i) => ((i % 255) - 127) / 128);

/** Bytes of a WAV file with any format chunk and data. */
function rawWav(tag: number, channels: number, bits: number, data: Uint8Array, form = "RIFF"): Uint8Array {
  const bytes = new Uint8Array(44 + data.length);
  const view = new DataView(bytes.buffer);
  writeText(bytes, 0, `${form}____WAVEfmt `);
  view.setUint32(4, bytes.length - 8, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, tag, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, (RATE * channels * bits) / 8, true);
  view.setUint16(32, (channels * bits) / 8, true);
  view.setUint16(34, bits, true);
  writeText(bytes, 36, "data");
  view.setUint32(40, data.length, true);
  bytes.set(data, 44);
  return bytes;
}

function writeText(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
}

function withUint32(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(at, value, true);
  return copy;
}

describe("WAV", () => {
  it.each([{ bits: 8 }, { bits: 16 }, { bits: 24 }, { bits: 32 }, { float: 32 }, { float: 64 }] as const)(
    "gives the exact samples of %o",
    async (format) => {
      const { channels, summary } = await decodeBytes(
        wavBytes([STAIRS, STAIRS.map((x) => 0 - x)], RATE, format),
      );
      expect(channels[0]).toEqual(STAIRS);
      expect(channels[1]).toEqual(STAIRS.map((x) => 0 - x));
      expect(summary).toMatchObject({
        decodedSamples: 1000,
        promisedSamples: 1000,
        damage: [],
        endsEarly: false,
      });
    },
  );

  it("reads six channels behind an extensible header", async () => {
    const all = Array.from({ length: 6 }, (_, c) => STAIRS.map((x) => (x * (c + 1)) / 8));
    const { channels, channelMask, format } = await decodeBytes(wavBytes(all, 48000, { float: 32 }));
    expect(format).toMatchObject({ channels: 6, sampleRate: 48000, codec: "PCM float", lossless: true });
    expect(channels).toEqual(all);
    expect(channelMask).toBe(0x3f);
  });

  it("expands A-law and µ-law by ITU-T G.711", async () => {
    const aLaw = await decodeBytes(rawWav(6, 1, 8, Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a)));
    expect([...(aLaw.channels[0] ?? [])].map((x) => x * 32768)).toEqual([8, -8, 32256, -32256]);
    const muLaw = await decodeBytes(rawWav(7, 1, 8, Uint8Array.of(0xfe, 0x7e, 0x80, 0x00)));
    expect([...(muLaw.channels[0] ?? [])].map((x) => x * 32768)).toEqual([8, -8, 32124, -32124]);
  });

  it("lets no NaN, infinite or denormal sample out", async () => {
    const wild = Float32Array.of(0.5, NaN, Infinity, -Infinity, 1e-40, -0.5);
    const { channels } = await decodeBytes(wavBytes([wild], RATE, { float: 32 }));
    expect(channels[0]).toEqual(Float32Array.of(0.5, 0, 0, 0, 0, -0.5));
    const tooLarge = new Uint8Array(new Float64Array([1e300, 0.25, 1e-300]).buffer);
    expect((await decodeBytes(rawWav(3, 1, 64, tooLarge))).channels[0]).toEqual(Float32Array.of(0, 0.25, 0));
  });

  it("takes the 64-bit size of an RF64 file", async () => {
    const data = new Uint8Array(new Int16Array(500).fill(1000).buffer);
    const plain = rawWav(1, 1, 16, data, "RF64");
    const bytes = new Uint8Array(plain.length + 36);
    bytes.set(plain.subarray(0, 12));
    bytes.set(plain.subarray(12), 48);
    writeText(bytes, 12, "ds64");
    const view = new DataView(bytes.buffer);
    view.setUint32(16, 28, true);
    view.setBigUint64(28, 800n, true);
    view.setUint32(36 + 40, 0xffffffff, true);
    const { summary } = await decodeBytes(bytes);
    expect(summary).toMatchObject({ decodedSamples: 400, promisedSamples: 400, endsEarly: false });
  });

  it.each([0, 0xffffffff])("reads to the end of a streamed file whose data size is %i", async (size) => {
    const bytes = withUint32(wavBytes([STAIRS], RATE), 40, size);
    const { summary } = await decodeBytes(bytes);
    expect(summary).toMatchObject({ decodedSamples: 1000, promisedSamples: null, endsEarly: false });
  });

  it("says how much is missing of a file that claims 4 GB", async () => {
    const { summary } = await decodeBytes(withUint32(wavBytes([STAIRS], RATE), 40, 0xfffffff0));
    expect(summary).toMatchObject({ decodedSamples: 1000, promisedSamples: 2147483640, endsEarly: true });
  });

  it("says that a file ends early", async () => {
    const { summary } = await decodeBytes(wavBytes([STAIRS], RATE).subarray(0, 44 + 1000));
    expect(summary).toMatchObject({ decodedSamples: 500, promisedSamples: 1000, endsEarly: true });
  });

  it("finds its way over an odd chunk without its padding byte", async () => {
    const { summary } = await decodeFile(fixturePath("wav-odd-chunk-no-pad.wav"));
    expect(summary).toMatchObject({ decodedSamples: 22050, endsEarly: false });
  });

  it.each([
    ["no samples", wavBytes([new Float32Array(0)], RATE), "empty"],
    ["no channels", rawWav(1, 0, 16, new Uint8Array(100)), "corrupt"],
    ["an unknown encoding", rawWav(0x9999, 1, 16, new Uint8Array(100)), "unsupportedCodec"],
    ["ADPCM", rawWav(2, 1, 4, new Uint8Array(100)), "unsupportedCodec"],
    ["no data chunk", wavBytes([STAIRS], RATE).subarray(0, 36), "corrupt"],
  ])("fails with %s", async (_, bytes, code) => {
    await expect(decodeBytes(bytes)).rejects.toMatchObject({ code });
  });

  it("fails when it ends within its header", async () => {
    await expect(decodeFile(fixturePath("wav-half-header.wav"))).rejects.toMatchObject({ code: "corrupt" });
  });

  it("hashes what stands behind the samples too", async () => {
    const sound = wavBytes([STAIRS], RATE);
    const longer = new Uint8Array(sound.length + 1);
    longer.set(sound);
    const [short, long] = [await decodeBytes(sound), await decodeBytes(longer)];
    expect(long.channels).toEqual(short.channels);
    expect(long.facts.sha256).not.toBe(short.facts.sha256);
  });
});
