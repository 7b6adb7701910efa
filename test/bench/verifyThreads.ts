/**
 * Whether it makes no difference where files are analysed (library/verify), as a table. Ends with 1 when any value
 * differs, when a file fails, when there is no file, or when workers did not start.
 * Usage: npm run verify:threads -- [FOLDER or FILE…] [--workers=N] [--essentia]
 */
import { resolve } from "node:path";
import { findAudio } from "../../src/library/files/findAudio";
import { verifyExecutors } from "../../src/library/verify/verifyExecutors";
import type { TreeMemory, VerifiedRun } from "../../src/shared/verify";

/** More would hide the first. */
const MAX_SHOWN = 10;

const COLUMNS: readonly [name: string, width: number][] = [
  ["executor", 12],
  ["workers", 9],
  ["files", 7],
  ["failed", 8],
  ["seconds", 9],
  ["files/s", 9],
  ["PSS, MB", 9],
  ["RSS, MB", 9],
  ["processes", 11],
];

function row(cells: readonly string[]): string {
  return cells
    .map((cell, i) => {
      const width = COLUMNS[i]?.[1] ?? 0;
      return i === 0 ? cell.padEnd(width) : cell.padStart(width);
    })
    .join("");
}

function describe({ executor, workers, asked, failed, totalMs, peak }: VerifiedRun): string {
  const seconds = totalMs / 1000;
  return row([
    executor,
    ...[workers, asked, failed].map(String),
    seconds.toFixed(1),
    (asked / seconds).toFixed(2),
    ...memoryCells(peak),
  ]);
}

function memoryCells(peak: TreeMemory | null): string[] {
  if (peak === null) return ["–", "–", "–"];
  return [(peak.pss / 1e6).toFixed(0), (peak.rss / 1e6).toFixed(0), String(peak.processes)];
}

function tellFaults(faults: readonly string[]): void {
  for (const fault of faults.slice(0, MAX_SHOWN)) console.log(`  ${fault}`);
  if (faults.length > MAX_SHOWN) console.log(`  … and ${faults.length - MAX_SHOWN} more`);
  if (faults.length > 0) process.exitCode = 1;
}

async function findFiles(given: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for await (const file of findAudio(given)) files.push(file);
  return files;
}

async function main(args: readonly string[]): Promise<void> {
  const given = args.filter((arg) => !arg.startsWith("--"));
  const paths = given.length > 0 ? given : ["example"];
  const workers = Number(args.find((arg) => arg.startsWith("--workers="))?.slice("--workers=".length) ?? 0);
  const files = await findFiles(paths);
  console.log(`${files.length} files of ${paths.map((path) => resolve(path)).join(", ")}`);
  if (files.length > 0) console.log(row(COLUMNS.map(([name]) => name)));
  const { pairs, faults } = await verifyExecutors(files, {
    workers,
    essentia: args.includes("--essentia"),
    onRun: (run) => {
      console.log(describe(run));
    },
  });
  for (const { other, values, differing } of pairs) {
    const verdict = differing === 0 ? "none differs: PASS" : `${differing} differ: FAIL`;
    console.log(`threads and ${other}: ${values} values compared, ${verdict}`);
  }
  tellFaults(faults);
}

await main(process.argv.slice(2));
