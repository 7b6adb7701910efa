import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { examplePath, fixturePath } from "../../../../fixtures/paths";
import { decodeBytes, decodeFile } from "../../decodeBytes";

const VORBIS_SAMPLES = 185219;

/** Positions of the pages in a file. */
function pagesOf(bytes: Buffer): number[] {
  const pages: number[] = [];
  for (let at = bytes.indexOf("OggS"); at >= 0; at = bytes.indexOf("OggS", at + 4)) pages.push(at);
  return pages;
}

describe("Ogg", () => {
  it.each([
    ["Classical/Bach - Prelude in C major.ogg", "Vorbis", 44100, 2712150],
    ["Grooves/Drum and Bass.ogg", "Vorbis", 44100, 1556425],
    ["Folk/Korobeiniki.opus", "Opus", 48000, 1940108],
  ])("gives the samples of %s", async (name, codec, sampleRate, samples) => {
    const { format, summary } = await decodeFile(examplePath(name));
    expect(format).toMatchObject({ container: "Ogg", codec, sampleRate, lossless: false });
    expect(summary).toMatchObject({
      decodedSamples: samples,
      promisedSamples: samples,
      damage: [],
      endsEarly: false,
    });
  });

  it("plays chained streams one after the other", async () => {
    const { summary } = await decodeFile(fixturePath("ogg-chained.ogg"));
    expect(summary).toMatchObject({
      decodedSamples: 176400,
      promisedSamples: 176400,
      damage: [],
      endsEarly: false,
    });
  });

  it("passes over rubbish before the first page", async () => {
    const bytes = await readFile(fixturePath("ogg-no-eos.ogg"));
    const { summary } = await decodeBytes(Buffer.concat([Buffer.from("rubbish OggS more rubbish"), bytes]));
    expect(summary).toMatchObject({ damage: [], endsEarly: false });
    expect(summary.decodedSamples).toBeGreaterThanOrEqual(VORBIS_SAMPLES);
  });

  it("loses one page by a wrong byte, and says where", async () => {
    const { summary } = await decodeFile(fixturePath("ogg-corrupt-page.ogg"));
    expect(summary.damage).toHaveLength(1);
    expect(summary.promisedSamples).toBe(VORBIS_SAMPLES);
    expect(summary.decodedSamples).toBeGreaterThan(VORBIS_SAMPLES * 0.7);
  });

  it("knows by its number that an Opus page is missing", async () => {
    const bytes = await readFile(examplePath("Folk/Korobeiniki.opus"));
    const pages = pagesOf(bytes);
    const [from, to] = [pages[10] ?? 0, pages[11] ?? 0];
    const { summary } = await decodeBytes(Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]));
    expect(summary.damage).toHaveLength(1);
    expect(summary.promisedSamples).toBe(1940108);
    // A page is about a second.
    expect(summary.decodedSamples).toBeGreaterThan(1940108 - 60_000);
    expect(summary.decodedSamples).toBeLessThan(1940108 - 40_000);
  });

  it.each(["truncated-ogg.ogg", "truncated-opus.opus"])("says that %s ends early", async (name) => {
    const { summary } = await decodeFile(fixturePath(name));
    expect(summary).toMatchObject({ promisedSamples: null, damage: [], endsEarly: true });
    expect(summary.decodedSamples).toBeGreaterThan(80_000);
  });

  it("takes the rest of a file whose middle is zeros", async () => {
    const { summary } = await decodeFile(fixturePath("zeroed-ogg.ogg"));
    expect(summary.damage.length).toBeGreaterThan(0);
    expect(summary.decodedSamples).toBeGreaterThan(0);
  });

  it("fails when the headers are missing", async () => {
    const bytes = await readFile(fixturePath("ogg-no-eos.ogg"));
    const third = pagesOf(bytes)[2] ?? 0;
    await expect(decodeBytes(bytes.subarray(third))).rejects.toMatchObject({ code: "corrupt" });
  });
});
