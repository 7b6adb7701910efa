import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { jsonLines, run, temporaryFolder } from "./commandLine";

/** An MP3 of about an hour: one short recording's frames over and over. */
function writeHourOfMp3(path: string): void {
  const frames = readFileSync(resolve("test/fixtures/audio/piece-cbr-noinfo.mp3"));
  const file = openSync(path, "w");
  for (let i = 0; i < 180; i++) writeSync(file, frames);
  closeSync(file);
}

/** A RF64 file that is nearly all hole: 6 GB of 24-bit silence in 8 channels at 96 kHz, 45 minutes. */
function writeSparseRf64(path: string): void {
  const dataBytes = 6e9 - (6e9 % 24);
  const header = Buffer.alloc(80);
  header.write("RF64", 0);
  header.writeUInt32LE(0xffffffff, 4);
  header.write("WAVEds64", 8);
  header.writeUInt32LE(28, 16);
  header.writeBigUInt64LE(BigInt(dataBytes + 72), 20);
  header.writeBigUInt64LE(BigInt(dataBytes), 28);
  header.writeBigUInt64LE(BigInt(dataBytes / 24), 36);
  header.write("fmt ", 48);
  header.writeUInt32LE(16, 52);
  header.writeUInt16LE(1, 56);
  header.writeUInt16LE(8, 58);
  header.writeUInt32LE(96000, 60);
  header.writeUInt32LE(96000 * 24, 64);
  header.writeUInt16LE(24, 68);
  header.writeUInt16LE(24, 70);
  header.write("data", 72);
  header.writeUInt32LE(0xffffffff, 76);
  const file = openSync(path, "w");
  writeSync(file, header);
  ftruncateSync(file, dataBytes + 80);
  closeSync(file);
}

/** Two workers with all their libraries; what a file adds must not depend on its length. */
const PEAK_MB = 350;

it("analyses an hour of MP3 and a sparse 6 GB RF64 side by side in flat memory", async () => {
  const cwd = temporaryFolder();
  writeHourOfMp3(join(cwd, "hour.mp3"));
  writeSparseRf64(join(cwd, "six-gigabytes.wav"));

  const { status, stdout, stderr } = await run(["analyze", "--json", "--workers", "2", "."], {
    cwd,
    nodeArgs: ["--require", resolve("test/cli/peakMemory.cjs")],
  });

  expect(status).toBe(0);
  const [hour, large] = ["./hour.mp3", "./six-gigabytes.wav"].map((path) =>
    jsonLines(stdout).find((result) => result.path === path),
  );
  expect(hour?.format?.duration).toBeCloseTo(3600, -2);
  expect(hour?.loudness?.integrated).not.toBeNull();
  expect(large?.format).toMatchObject({ samples: 250_000_000, channels: 8, sampleRate: 96000, bitDepth: 24 });
  expect(large?.missing).toMatchObject({ "loudness.integrated": "silence", "tonal.key": "silence" });
  const peak = Number(/peak memory (\d+) MB/.exec(stderr)?.[1]);
  console.log(`peak memory ${peak} MB`);
  expect(peak).toBeLessThan(PEAK_MB);
});
