/**
 * What a library of 1,000, 10,000 and 100,000 tracks costs (about 2 KB a row, with lists): ours beside sql.js that
 * exports the whole file at every save, and beside node:sqlite, each in a process of its own with a copy of its own, in
 * one run: npm run bench:store -- [TRACKS…]. Goals hold for medians: by CPU time, for the machine may be busy, but for
 * what has to be on disk, which the clock says.
 */
import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from "node:child_process";
import { copyFile, mkdir, mkdtemp, realpath, rm, stat } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { measureExport } from "./store/measureExport";
import { measureNodeSqlite } from "./store/measureNodeSqlite";
import { measureOurs } from "./store/measureOurs";
import { measureRescue } from "./store/measureRescue";
import { libraryIn, writeLibrary } from "./store/writeLibrary";
import type { Figures, Times } from "./store/figures";

/** The one that drives the workbench in tests. */
const NODE_24 = "test/workbench/node_modules/.bin/node";
const SIZES = [1000, 10_000, 100_000];
const CONTENDERS = { ours: measureOurs, export: measureExport, node: measureNodeSqlite };
type Contender = keyof typeof CONTENDERS;

/** ms. */
const GOALS = { open: 1500, page: 30, search: 30, save: 5 } as const;

const [first = "", root = ""] = process.argv.slice(2);
if (first in CONTENDERS) console.log(JSON.stringify(await CONTENDERS[first as Contender](root)));
else if (first === "rescue") console.log(JSON.stringify(await measureRescue(root)));
else await compare(process.argv.length > 2 ? process.argv.slice(2).map(Number) : SIZES);

async function compare(sizes: number[]): Promise<void> {
  for (const size of sizes) {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "playlista-bench-")));
    try {
      await compareAt(size, await writeLibrary(folder, size));
    } finally {
      await rm(folder, { recursive: true });
    }
  }
}

async function compareAt(size: number, library: string): Promise<void> {
  console.log(`\n${size} tracks, ${((await stat(library)).size / 1e6).toFixed(1)} MB; load ${loadNow()}`);
  const figures: Partial<Record<Contender, Figures>> = {};
  for (const contender of Object.keys(CONTENDERS) as Contender[]) {
    const answer = await measureApart<Figures>(contender, library);
    if (answer) figures[contender] = answer;
    else console.log("node:sqlite could not be run here: no Node 24.");
  }
  const { ours } = figures;
  if (!ours) throw new Error("ours could not be measured");
  const rows = Object.entries(figures).map(([contender, each]) => [contender, shown(each, ours)]);
  console.table(Object.fromEntries(rows));
  for (const [what, goal] of Object.entries(GOALS) as [keyof typeof GOALS, number][]) {
    const took = what === "save" ? ours[what].clock : ours[what].cpu;
    const quietest = what === "save" ? `, ${ours.save.quietest.toPrecision(3)} in its quietest hundred` : "";
    console.log(
      `${took <= goal ? "PASS  " : "missed"} ${what}: ${took.toPrecision(3)} ms (${goal} ms)${quietest}`,
    );
  }
  const rescue = await measureApart<Times>("rescue", library);
  console.log(
    `all rows rescued from a damaged file in ${((rescue?.cpu ?? NaN) / 1000).toPrecision(3)} s of CPU; load ${loadNow()}`,
  );
}

/** In a process and with a copy of the library of its own; null where Node 24 is not to be had. */
async function measureApart<T>(what: Contender | "rescue", library: string): Promise<T | null> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "playlista-bench-")));
  await mkdir(dirname(libraryIn(folder)));
  await copyFile(library, libraryIn(folder));
  const args = [process.argv[1] ?? "", what, folder];
  const options: ExecFileSyncOptionsWithStringEncoding = {
    encoding: "utf8",
    stdio: ["ignore", "pipe", what === "node" ? "ignore" : "inherit"],
  };
  try {
    return lastLine(execFileSync(what === "node" ? NODE_24 : process.execPath, args, options)) as T;
  } catch (error) {
    if (what === "node") return null;
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function lastLine(output: string): unknown {
  return JSON.parse(output.trim().split("\n").at(-1) ?? "");
}

/** CPU milliseconds and MB with their ratio to ours; of saves the clock's, too. */
function shown(figures: Figures, ours: Figures): Record<string, string> {
  const numbersOf = ({ open, page, search, save, snapshot, memory }: Figures) => ({
    ...{ open: open.cpu, page: page.cpu, search: search.cpu, save: save.cpu },
    ...{
      "save, clock": save.clock,
      "save, 95 %": save.clock95,
      "save, longest": save.longest,
      snapshot: snapshot.cpu,
      memory,
    },
  });
  const base: Record<string, number> = numbersOf(ours);
  return Object.fromEntries(
    Object.entries(numbersOf(figures)).map(([name, value]) => {
      const ratio = figures === ours ? "" : ` (${(value / (base[name] ?? NaN)).toPrecision(2)})`;
      return [name, `${value.toPrecision(3)}${ratio}`];
    }),
  );
}

function loadNow(): string {
  return loadavg()[0]?.toFixed(1) ?? "";
}
