/** A hole of 64 KiB in the middle of a file, as a failing disk leaves it: the rest is heard, and the hole is told. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { damageWarnings } from "../../../../src/worker/verdict";
import { examplePath, fixturePath } from "../../../fixtures/paths";
import { flacFrame, flacHead, flacPiece } from "../../../fixtures/sound/flacFile";
import { decodeBytes, type Decoded } from "../decodeBytes";

const HOLE_BYTES = 65536;

/** 25 s and 740 kB of FLAC: the fixture alone is but twice as long as the hole. */
async function flacBytes(): Promise<Uint8Array> {
  const piece = flacPiece(Uint8Array.from(await readFile(fixturePath("flac-unknown-length.flac"))));
  const frames = Array.from({ length: 6 * piece.frames.length }, (_, i) => flacFrame(piece, i));
  return Buffer.concat([flacHead(piece, frames.length), ...frames]);
}

const FILES: readonly { codec: string; make: () => Promise<Uint8Array> }[] = [
  { codec: "FLAC", make: flacBytes },
  { codec: "MP3", make: () => readFile(fixturePath("piece-cbr-noinfo.mp3")) },
  { codec: "Vorbis", make: () => readFile(examplePath("Classical/Bach - Prelude in C major.ogg")) },
];

function withHole(bytes: Uint8Array): Uint8Array {
  const start = Math.floor((bytes.length - HOLE_BYTES) / 2);
  return Uint8Array.from(bytes).fill(0, start, start + HOLE_BYTES);
}

/** Largest difference between the last `length` samples of two files. */
function differenceAtEnd(a: Decoded, b: Decoded, length: number): number {
  const other = lastSamples(b, length);
  return lastSamples(a, length).reduce(
    (most, sample, i) => Math.max(most, Math.abs(sample - (other[i] ?? NaN))),
    0,
  );
}

function lastSamples({ channels }: Decoded, length: number): Float32Array {
  return (channels[0] ?? new Float32Array(0)).slice(-length);
}

describe("64 KiB of zeros in the middle", () => {
  it.each(FILES)(
    "of $codec leave at least 95 % of the rest, and are told with their place",
    async ({ codec, make }) => {
      const bytes = await make();
      const whole = await decodeBytes(bytes);
      expect(whole.format.codec).toBe(codec);
      expect(damageWarnings(whole.summary)).toEqual([]);

      const damaged = await decodeBytes(withHole(bytes));
      const samples = whole.summary.decodedSamples;
      const rest = samples * (1 - HOLE_BYTES / bytes.length);
      expect(damaged.summary.decodedSamples).toBeGreaterThanOrEqual(0.95 * rest);
      expect(damaged.summary.decodedSamples).toBeLessThan(samples);

      const [warning, ...others] = damageWarnings(damaged.summary);
      expect(others).toEqual([]);
      expect(warning?.code).toBe("damaged");
      const middle = samples / whole.format.sampleRate / 2;
      const [place = 0] = warning?.places ?? [];
      expect(place / middle).toBeGreaterThan(0.5);
      expect(place / middle).toBeLessThan(1);
      // What is given behind the hole is the music, at its own loudness and place.
      const third = Math.floor(samples / 3);
      expect(differenceAtEnd(damaged, whole, third)).toBeLessThan(1e-4);
    },
  );
});
