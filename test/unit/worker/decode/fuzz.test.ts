import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixturePath } from "../../../fixtures/paths";
import { aacUnits, mp4File } from "../../../fixtures/sound/mp4File";
import { seededRandom } from "../../../fixtures/sound/random";
import { whiteNoise } from "../../../fixtures/sound/noise";
import { wavBytes } from "../../../fixtures/sound/wavBytes";
import { AudioFailure } from "../../../../src/worker/AudioFailure";
import { decodeBytes } from "../decodeBytes";

const KEPT_BYTES = 24_000;

const SEEDS = [
  ...[
    "mp3-truncated-no-info.mp3",
    "truncated-flac.flac",
    "ogg-chained.ogg",
    "truncated-opus.opus",
    "truncated-aac.aac",
    "truncated-alac-m4a.m4a",
  ].map((name) => Uint8Array.from(readFileSync(fixturePath(name)).subarray(0, KEPT_BYTES))),
  mp4File({ units: aacUnits().slice(0, 20), edits: [{ seconds: 0.3, start: 1024 }] }),
  wavBytes([whiteNoise({ seconds: 1, sampleRate: 8000, rms: 0.2 })], 8000, { float: 32 }),
];

const PREFIXES = [
  "fLaC\0\0\0\x22",
  "OggS\0\x02",
  "RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x02\0\x44\xac\0\0\x10\xb1\x02\0\x04\0\x10\0data\xff\xff\xff\xff",
  "RF64\xff\xff\xff\xffWAVEds64\x1c\0\0\0",
  "ID3\x03\0\0\0\0\x10\0",
  "\xff\xfb\x90\x64",
  "\xff\xf1\x50\x80\x01\x1f\xfc",
  "\0\0\0\x10ftypM4A \0\0\0\0\x7f\xff\xff\xffmoov\0\0\0\x7ftrak",
].map((text) => Buffer.from(text, "latin1"));

/** Decodes; whatever the bytes are, the end is samples that add up or a failure with a code. */
async function expectCodedOutcome(bytes: Uint8Array): Promise<void> {
  try {
    const { channels, summary } = await decodeBytes(bytes);
    for (const channel of channels) {
      expect(channel).toHaveLength(summary.decodedSamples);
      expect(channel.every(Number.isFinite)).toBe(true);
    }
  } catch (error) {
    expect(error).toBeInstanceOf(AudioFailure);
  }
}

interface Damage {
  kind: "zero" | "set" | "noise" | "cut" | "remove" | "repeat";
  /** Share of the file. */
  at: number;
  /** Bytes. */
  extent: number;
  seed: number;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom<Damage["kind"][]>("zero", "set", "noise", "cut", "remove", "repeat"),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  extent: fc.nat({ max: 3000 }),
  seed: fc.nat(),
});

function damaged(bytes: Uint8Array, { kind, at, extent, seed }: Damage): Uint8Array {
  if (bytes.length === 0) return bytes;
  const start = Math.floor(at * (bytes.length - 1));
  const end = Math.min(bytes.length, start + extent);
  const copy = Uint8Array.from(bytes);
  const random = seededRandom(seed);
  switch (kind) {
    case "zero":
      return copy.fill(0, start, end);
    case "set":
      return copy.fill(255, start, Math.min(end, start + 4));
    case "noise":
      for (let i = start; i < end; i++) copy[i] = Math.floor(random() * 256);
      return copy;
    case "cut":
      return copy.subarray(0, start + 1);
    case "remove":
      return Buffer.concat([copy.subarray(0, start), copy.subarray(end)]);
    case "repeat":
      return Buffer.concat([copy.subarray(0, end), copy.subarray(start)]);
  }
}

describe("any bytes", () => {
  it("end in a coded outcome when random ones follow a valid start", async () => {
    const property = fc.asyncProperty(
      fc.constantFrom(...PREFIXES),
      fc.uint8Array({ maxLength: 3000 }),
      (prefix, rest) => expectCodedOutcome(Buffer.concat([prefix, rest])),
    );
    await fc.assert(property, { seed: 1, numRuns: 100 });
  });

  it("end in a coded outcome when real sound is damaged", async () => {
    const property = fc.asyncProperty(
      fc.nat({ max: SEEDS.length - 1 }),
      fc.array(damage, { minLength: 1, maxLength: 6 }),
      (which, all) => expectCodedOutcome(all.reduce(damaged, SEEDS[which] ?? new Uint8Array(0))),
    );
    await fc.assert(property, { seed: 2, numRuns: 80 });
  });
});
