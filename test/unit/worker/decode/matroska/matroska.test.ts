import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fixturePath } from "../../../../fixtures/paths";
import { decodeBytes, decodeFile } from "../../decodeBytes";

/** SHA-256 of the 16-bit samples that went into the encoder. */
const SOURCE_SHA256 = "0fe48ebf2a574dc135a9636eb388e357c4e727a0974739c23e24bb21c4ea83f1";
const opusFile = Buffer.from(readFileSync(fixturePath("piece.webm")));

function element(id: string, content: Uint8Array): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(content.length) | (1n << 56n));
  return Buffer.concat([Buffer.from(id, "hex"), size, content]);
}

const number = (id: string, value: number): Buffer => element(id, Uint8Array.of(value >> 8, value & 255));
const text = (id: string, value: string): Buffer => element(id, Buffer.from(value));

/** A Matroska file of 16-bit PCM at 8 kHz, each of whose blocks is given with its flags and laces. */
function pcmFile(blocks: readonly (readonly number[])[], codec = "A_PCM/INT/LIT"): Buffer {
  const rate = Buffer.alloc(4);
  rate.writeFloatBE(8000);
  const audio = element("e1", Buffer.concat([element("b5", rate), number("9f", 1), number("6264", 16)]));
  const track = element("ae", Buffer.concat([number("d7", 1), number("83", 2), text("86", codec), audio]));
  const cluster = Buffer.concat([
    number("e7", 0),
    ...blocks.map((bytes) => element("a3", Uint8Array.from([0x81, 0, 0, ...bytes]))),
  ]);
  return Buffer.concat([
    element("1a45dfa3", text("4282", "matroska")),
    element("18538067", Buffer.concat([element("1654ae6b", track), element("1f43b675", cluster)])),
  ]);
}

describe("Matroska", () => {
  it("gives the samples of Opus without those before and behind the music", async () => {
    const { format, summary } = await decodeFile(fixturePath("piece.webm"));
    expect(format).toMatchObject({ container: "Matroska", codec: "Opus", sampleRate: 48000, channels: 2 });
    expect(summary).toMatchObject({ decodedSamples: 144000, damage: [], endsEarly: false });
  });

  it("gives the samples of Vorbis", async () => {
    const { format, summary } = await decodeFile(fixturePath("piece-vorbis.mka"));
    expect(format).toMatchObject({ codec: "Vorbis", sampleRate: 44100 });
    expect(summary.decodedSamples).toBeGreaterThanOrEqual(88200);
    expect(summary.decodedSamples).toBeLessThan(88200 + 1024);
  });

  it("gives the very samples of FLAC", async () => {
    const { channels, format } = await decodeFile(fixturePath("piece-flac.mka"));
    const samples = Int16Array.from(channels[0] ?? [], (x) => x * 32768);
    expect(createHash("sha256").update(samples).digest("hex")).toBe(SOURCE_SHA256);
    expect(format).toMatchObject({ codec: "FLAC", lossless: true, bitDepth: 16 });
  });

  it.each([
    ["piece-mp3.mka", "MP3", false],
    ["piece-aac.mka", "AAC", false],
    ["piece-alac.mka", "ALAC", true],
  ])("gives the second of sound in %s", async (name, codec, lossless) => {
    const { format, summary } = await decodeFile(fixturePath(name));
    expect(format).toMatchObject({ codec, lossless, sampleRate: 22050, channels: 1 });
    // Encoders of lossy sound begin with up to two frames of silence, and Matroska need not say so.
    expect(summary.decodedSamples).toBeGreaterThanOrEqual(22050);
    expect(summary.decodedSamples).toBeLessThan(22050 + 3 * 1152);
    expect(summary).toMatchObject({ damage: [], endsEarly: false });
  });

  it("passes over the pictures of a film", async () => {
    const { format, summary } = await decodeFile(fixturePath("film.webm"));
    expect(format.codec).toBe("Opus");
    expect(summary).toMatchObject({ decodedSamples: 48000, endsEarly: false });
  });

  it("takes blocks apart, however their frames are laced", async () => {
    const file = pcmFile([
      [0x00, 1, 0],
      // As in Ogg: two frames, of which the first has 2 bytes.
      [0x02, 1, 2, 2, 0, 3, 0],
      // All of one size.
      [0x04, 1, 4, 0, 5, 0],
      // By differences: 2 bytes, as many again, and the rest.
      [0x06, 2, 0x82, 0xbf, 6, 0, 7, 0, 8, 0],
    ]);
    const { channels } = await decodeBytes(file);
    expect([...(channels[0] ?? [])].map((x) => x * 32768)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("goes on at the next cluster behind damage, and says how much is missing", async () => {
    const { summary } = await decodeBytes(
      Uint8Array.from(opusFile).fill(0, 0.4 * opusFile.length, 0.5 * opusFile.length),
    );
    expect(summary.damage).toHaveLength(1);
    expect(summary.decodedSamples).toBeGreaterThan(0.5 * 144000);
    expect(summary.promisedSamples ?? 0).toBeGreaterThan(0.95 * 144000);
  });

  it("says that a file ends early", async () => {
    const { summary } = await decodeBytes(opusFile.subarray(0, 0.5 * opusFile.length));
    expect(summary.endsEarly).toBe(true);
    expect(summary.promisedSamples ?? 0).toBeGreaterThan(summary.decodedSamples);
  });

  it.each([
    ["an unknown codec", pcmFile([], "A_QUICKTIME"), "unsupportedCodec"],
    ["no cluster", opusFile.subarray(0, 300), "corrupt"],
    ["noise behind its mark", Buffer.concat([opusFile.subarray(0, 40), Buffer.alloc(500, 0x55)]), "corrupt"],
  ])("fails with %s", async (_, bytes, code) => {
    await expect(decodeBytes(bytes)).rejects.toMatchObject({ code });
  });
});
