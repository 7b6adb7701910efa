/**
 * Whether every Node gives the same numbers for the same bytes: the example folder (or other files) analysed by each
 * Node there is, compared value by value. Versions of V8 differ in the last bits of Math.pow and others.
 * Usage: npm run bench:same -- [FILE…]
 * Nodes: the one that runs this, that of the test workbench if it is installed, and those that PLAYLISTA_NODES names
 * (paths, separated as in PATH).
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import type { Analysis } from "../../src/shared/analysis";
import { largestDifference, type Difference } from "../accuracy/differences";
import { fileAnalyzer } from "../accuracy/listen";
import { absolutePath, MUSIC } from "../accuracy/music";
import { SERVER_NODE } from "../workbench/places";

/** Runs this program again, by another Node. */
const ANALYZE = "--analyze";
const ALLOWED = 1e-9;

async function analyze(files: readonly string[]): Promise<void> {
  const run = fileAnalyzer();
  for (const file of files) console.log(JSON.stringify(await run(file)));
}

interface Answer {
  version: string;
  analyses: Analysis[];
}

function ask(node: string, files: readonly string[]): Answer {
  const [, script = ""] = process.argv;
  const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
  const { stdout, stderr, status } = spawnSync(node, [script, ANALYZE, ...files], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`${node} (${version}) failed: ${stderr}`);
  const lines = stdout.trim().split("\n");
  return { version, analyses: lines.map((line) => JSON.parse(line) as Analysis) };
}

/** All that is measured or read; not when and how fast. */
function comparable(analysis: Analysis): unknown {
  if (analysis.state !== "analyzed") throw new Error(`${analysis.path} was not analysed.`);
  return { ...analysis, timing: null };
}

function largest(one: Answer, other: Answer): Difference & { file: string } {
  let worst = { path: "", relative: 0, file: "" };
  for (const [i, analysis] of one.analyses.entries()) {
    const twin = other.analyses[i];
    const found = largestDifference(comparable(analysis), twin ? comparable(twin) : null);
    if (found.relative > worst.relative) worst = { ...found, file: analysis.path };
  }
  return worst;
}

function main(asked: readonly string[]): void {
  const files = asked.length > 0 ? asked : MUSIC.map(absolutePath);
  const others = (process.env["PLAYLISTA_NODES"] ?? "").split(delimiter).filter(Boolean);
  if (existsSync(SERVER_NODE)) others.push(SERVER_NODE);
  if (others.length === 0)
    console.log("There is no other Node: install the workbench, or set PLAYLISTA_NODES.");
  const first = ask(process.execPath, files);
  for (const node of [process.execPath, ...others]) {
    const other = ask(node, files);
    const { path, relative, file } = largest(first, other);
    const verdict = relative <= ALLOWED ? "PASS" : "FAIL";
    const where =
      path === "" ? "nothing differs" : `largest difference ${relative.toExponential(1)}, ${path} of ${file}`;
    console.log(`${first.version} and ${other.version}, ${files.length} files: ${where}: ${verdict}`);
    if (verdict === "FAIL") process.exitCode = 1;
  }
}

const [first, ...rest] = process.argv.slice(2);
if (first === ANALYZE) await analyze(rest);
else main(process.argv.slice(2));
