import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { AUDIO_FORMATS, type AudioFormat } from "../../../../src/shared/audioFormats";
import { fixturePath } from "../../../fixtures/paths";
import { aiffBytes, cafBytes } from "../../../fixtures/sound/bigEndian";
import { aacUnits, mp4File, soundEntry } from "../../../fixtures/sound/mp4File";
import { seededRandom } from "../../../fixtures/sound/random";
import { wavBytes } from "../../../fixtures/sound/wavBytes";
import { decodeBytes, decodeFile } from "../decodeBytes";

function randomBytes(length: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}

function startingWith(start: string, length = 2000): Uint8Array {
  const bytes = randomBytes(length, 5);
  bytes.set(Buffer.from(start, "latin1"));
  return bytes;
}

const SILENCE = { channels: 1, frames: 8, bits: 16, sampleRate: 8000, data: new Uint8Array(16) };

const SOUNDS: Record<AudioFormat["id"], () => Promise<Uint8Array>> = {
  wav: () => Promise.resolve(wavBytes([new Float32Array(800)], 8000)),
  flac: () => readFile(fixturePath("flac-unknown-length.flac")),
  mp3: () => readFile(fixturePath("mp3-truncated-no-info.mp3")),
  ogg: () => readFile(fixturePath("ogg-chained.ogg")),
  aiff: () => Promise.resolve(aiffBytes(SILENCE)),
  caf: () => Promise.resolve(cafBytes(SILENCE)),
  wma: () => readFile(fixturePath("piece.wma")),
  wavpack: () => readFile(fixturePath("piece.wv")),
  tta: () => readFile(fixturePath("piece.tta")),
  ac3: () => readFile(fixturePath("piece.ac3")),
  mp4: () => Promise.resolve(mp4File({ units: aacUnits() })),
  aac: () => readFile(fixturePath("truncated-aac.aac")),
  musepack: () => readFile(fixturePath("piece.mpc")),
  matroska: () => readFile(fixturePath("piece.webm")),
};

describe("openAudio", () => {
  it.each(AUDIO_FORMATS.map(({ id }) => id))("decodes %s, which folders are searched for", async (id) => {
    expect((await decodeBytes(await SOUNDS[id]())).summary.decodedSamples).toBeGreaterThan(0);
  });

  it.each([1, 2, 3, 4])("takes random bytes for no audio (seed %i)", async (seed) => {
    await expect(decodeBytes(randomBytes(150_000, seed))).rejects.toMatchObject({ code: "notAudio" });
  });

  it.each([
    ["plain text", "It was the best of times, it was the worst of times.\n".repeat(50)],
    ["a web page", "<!DOCTYPE html><html><body>Not found</body></html>"],
  ])("says that the file looks like %s", async (look, content) => {
    const failure = { code: "notAudio", message: expect.stringContaining(look) as string };
    await expect(decodeBytes(Buffer.from(content))).rejects.toMatchObject(failure);
  });

  it.each([
    ["a PNG picture", "\x89PNG\r\n\x1a\n"],
    ["a JPEG picture", "\xff\xd8\xff\xe0\0\x10JFIF"],
    ["a ZIP archive", "PK\x03\x04"],
    ["a MIDI file", "MThd\0\0\0\x06"],
  ])("says that the file looks like %s", async (look, start) => {
    const failure = { code: "notAudio", message: expect.stringContaining(look) as string };
    await expect(decodeBytes(startingWith(start))).rejects.toMatchObject(failure);
  });

  it.each([
    // Version 3.99, with the descriptor's length.
    ["Monkey's Audio", "MAC \x96\x0f\0\0\x34\0\0\0"],
    ["Enhanced AC-3", "\x0b\x77\x01\xff\x34\x86"],
    // As ffmpeg's encoders begin.
    ["DTS", "\x7f\xfe\x80\x01\xfc\x3c\x7d\xb1"],
    ["DTS", "\xff\x1f\x00\xe8\xf1\x07"],
    ["Dolby TrueHD", "\xc0\x54\0\0\xf8\x72\x6f\xba\x10"],
  ])("knows %s without being able to decode it", async (name, start) => {
    const failure = { code: "unsupportedCodec", message: expect.stringContaining(name) as string };
    await expect(decodeBytes(startingWith(start))).rejects.toMatchObject(failure);
  });

  it.each([
    ["Enhanced AC-3", "ec-3"],
    ["DTS", "dtsc"],
    ["Dolby TrueHD", "mlpa"],
  ])("names %s in MP4 as what can't be decoded", async (name, type) => {
    const file = mp4File({ units: aacUnits(), entry: soundEntry(type) });
    const failure = {
      code: "unsupportedCodec",
      message: expect.stringContaining(`holds ${name},`) as string,
    };
    await expect(decodeBytes(file)).rejects.toMatchObject(failure);
  });

  it("names DTS in WAV as what can't be decoded", async () => {
    const file = wavBytes([new Float32Array(800)], 8000);
    new DataView(file.buffer).setUint16(20, 0x2001, true);
    const failure = { code: "unsupportedCodec", message: expect.stringContaining("holds DTS,") as string };
    await expect(decodeBytes(file)).rejects.toMatchObject(failure);
  });

  it.each([
    ["AIFF", "FORM\0\0\x10\0AIFFCOMM"],
    ["WMA", "\x30\x26\xb2\x75\x8e\x66\xcf\x11"],
    ["WavPack", "wvpk\x20\0\0\0"],
    ["CAF", "caff\0\x01\0\0"],
    ["TTA", "TTA1\x01\0"],
    ["MP4", "\0\0\0\x20ftypM4A "],
  ])("calls %s with noise behind its mark corrupt", async (_, start) => {
    await expect(decodeBytes(startingWith(start))).rejects.toMatchObject({ code: "corrupt" });
  });

  it("knows a film without sound by its container", async () => {
    await expect(decodeFile(fixturePath("video-only.mp4"))).rejects.toMatchObject({
      code: "notAudio",
      message: expect.stringContaining("film without sound") as string,
    });
  });

  it("has nothing to read in a file without bytes", async () => {
    await expect(decodeBytes(new Uint8Array(0))).rejects.toMatchObject({ code: "empty" });
  });

  it("takes one byte for no audio", async () => {
    await expect(decodeBytes(Uint8Array.of(0xff))).rejects.toMatchObject({ code: "notAudio" });
  });

  it.each([
    ["256 channels", Array.from({ length: 256 }, () => new Float32Array(10)), 8000],
    ["a sample rate of 7 Hz", [new Float32Array(10)], 7],
    ["a sample rate of 3 GHz", [new Float32Array(10)], 3e9],
  ])("does not believe in %s", async (_, channels, sampleRate) => {
    await expect(decodeBytes(wavBytes(channels, sampleRate))).rejects.toMatchObject({ code: "corrupt" });
  });

  it("says that a file ends within its tag", async () => {
    const tag = Buffer.concat([
      Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 8, 0]),
      Buffer.alloc(500, "title "),
    ]);
    await expect(decodeBytes(tag)).rejects.toMatchObject({ code: "corrupt" });
  });
});
