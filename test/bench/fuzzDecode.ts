/**
 * Fuzzes all decoders: damaged copies of the fixtures through the built analyzer.
 * Usage, after a build: node scripts/run.mjs test/bench/fuzzDecode.ts [COUNT [SEED [FOLDER_FOR_CULPRITS]]]
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fuzz, type Seed } from "./fuzz";

const DIST = process.env["DIST"] ?? "dist";
const FIXTURES = "test/fixtures/audio";
/** More of a file than this only costs time. */
const KEPT_BYTES = 60_000;
const SHORT_EXTENSIONS = /\.(mp3|flac|ogg|opus|wma|wv|tta|mpc|ac3|webm|mka|aac|m4a|wav|aiff|caf)$/;

const [count = "1000", seed = "1", culprits] = process.argv.slice(2);

async function readSeeds(): Promise<Seed[]> {
  const names = (await readdir(FIXTURES)).filter((name) => SHORT_EXTENSIONS.test(name)).sort();
  const seeds = await Promise.all(
    names.map(async (name) => ({ name, bytes: Uint8Array.from(await readFile(join(FIXTURES, name))) })),
  );
  return seeds.filter(({ bytes }) => bytes.length > 1000 && bytes.length <= KEPT_BYTES);
}

const started = performance.now();
const report = await fuzz({
  seeds: await readSeeds(),
  count: Number(count),
  seed: Number(seed),
  analyzer: resolve(DIST, "analyzer.js"),
});
const seconds = Math.round((performance.now() - started) / 1000);
console.log(
  `${count} damaged files, seed ${seed}, in ${seconds} s; the slowest took ${Math.round(report.slowestMs)} ms`,
);
for (const [outcome, number] of [...report.outcomes].sort())
  console.log(`${String(number).padStart(7)} ${outcome}`);
const [early, late] = report.memoryMB;
console.log(`memory: ${early} MB after a fifth, ${late} MB at the end`);
console.log(report.faults.length === 0 ? "no faults" : report.faults.join("\n"));
if (culprits) {
  for (const [name, bytes] of report.culprits) await writeFile(join(culprits, name), bytes);
}
process.exit(report.faults.length === 0 ? 0 : 1);
