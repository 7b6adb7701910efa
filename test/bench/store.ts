/**
 * What a library of 1,000, 10,000 and 100,000 tracks costs (about 2 KB a row, with lists): ours beside sql.js that
 * exports the whole file at every save, and beside node:sqlite, each in a process of its own, in one run:
 * npm run bench:store -- [TRACKS…]. Times are CPU time (the machine may be busy) but for "wall".
 */
import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureExport } from "./store/measureExport";
import { measureNodeSqlite } from "./store/measureNodeSqlite";
import { measureOurs } from "./store/measureOurs";
import { writeLibrary } from "./store/writeLibrary";
import type { Figures } from "./store/figures";

/** The one that drives the workbench in tests. */
const NODE_24 = "test/workbench/node_modules/.bin/node";
const SIZES = [1000, 10_000, 100_000];
const CONTENDERS = { ours: measureOurs, export: measureExport, node: measureNodeSqlite };

type Contender = keyof typeof CONTENDERS;

const [first = "", root = ""] = process.argv.slice(2);
if (first in CONTENDERS) console.log(JSON.stringify(await CONTENDERS[first as Contender](root)));
else await compare(process.argv.length > 2 ? process.argv.slice(2).map(Number) : SIZES);

async function compare(sizes: number[]): Promise<void> {
  for (const size of sizes) {
    const rows: Record<string, Record<string, string>> = {};
    let ours: Figures | null = null;
    for (const contender of Object.keys(CONTENDERS) as Contender[]) {
      const folder = await mkdtemp(join(tmpdir(), "playlista-bench-"));
      const file = await writeLibrary(folder, size);
      const megabytes = (await stat(file)).size / 1e6;
      const figures = measureApart(contender, folder);
      await rm(folder, { recursive: true });
      if (contender === "ours") console.log(`\n${size} tracks, ${megabytes.toFixed(1)} MB`);
      if (figures === null) console.log("node:sqlite could not be run here: no Node 24.");
      ours ??= figures;
      if (figures !== null) rows[contender] = shown(figures, ours);
    }
    console.table(rows);
  }
}

/** Null where Node 24 is not to be had. */
function measureApart(contender: Contender, folder: string): Figures | null {
  const script = process.argv[1] ?? "";
  const args = [script, contender, folder];
  const options: ExecFileSyncOptionsWithStringEncoding = {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  };
  if (contender !== "node") return lastLine(execFileSync(process.execPath, args, options));
  try {
    return lastLine(execFileSync(NODE_24, args, options));
  } catch {
    return null;
  }
}

function lastLine(output: string): Figures {
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as Figures;
}

function shown(figures: Figures, ours: Figures | null): Record<string, string> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]: [string, number]) => {
      const base = ours?.[name as keyof Figures];
      const ratio = base && figures !== ours ? ` (×${(value / base).toPrecision(2)})` : "";
      return [name, `${value.toPrecision(3)}${ratio}`];
    }),
  );
}
