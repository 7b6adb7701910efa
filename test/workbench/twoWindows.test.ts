/** Two windows and the command line on one folder at once: all see all results, also when the owner is killed. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasAudioExtension } from "../../src/shared/audioFormats";
import { contentHashes } from "./audioFiles";
import { eventually } from "./eventually";
import { copyExample, startJourney } from "./journey";
import { PROJECT } from "./places";
import { cleanEnvironment } from "./processes";
import type { Workbench } from "./Workbench";

const LAST = "Korobeiniki.opus";

const journey = startJourney({ name: "two-windows", windows: 2, prepare: copyExample });
/** Names of the files that somebody has analyzed so far. */
const analyzed: string[] = [];
let content: Record<string, string> = {};

function namesIn(folder: string): string[] {
  return readdirSync(join(journey.folder, folder)).filter(hasAudioExtension);
}

/** Runs the built command line in the folder; gives what it printed, throws when it fails. */
async function commandLine(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(PROJECT, "dist", "cli.js"), ...args], {
    cwd: journey.folder,
    env: cleanEnvironment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const status = await new Promise((resolve) => child.once("close", resolve));
  if (status !== 0) throw new Error(`The command line ended with ${String(status)}.`);
  return printed;
}

async function listed(): Promise<string[]> {
  const lines = (await commandLine("list", "--json")).split("\n").filter((line) => line !== "");
  const results = lines.map((line) => JSON.parse(line) as { path: string; state: string });
  expect(results.filter(({ state }) => state !== "analyzed")).toEqual([]);
  return results.map(({ path }) => path.slice(path.lastIndexOf("/") + 1)).sort();
}

/** The analyzed files that a window's Library shows, with their numbers; folders that came meanwhile are opened. */
async function shown(workbench: Workbench): Promise<string[]> {
  const closed = workbench.view("Library").locator('.monaco-list-row[aria-expanded="false"] .label-name');
  if ((await closed.count()) > 0) await closed.first().click();
  const rows = await workbench.treeRows("Library");
  return rows
    .filter(({ name, description }) => hasAudioExtension(name) && description.includes("LUFS"))
    .map(({ name }) => name)
    .sort();
}

async function everybodySees(names: readonly string[]): Promise<void> {
  const all = [...names].sort();
  for (const { workbench } of journey.windows) await eventually(() => shown(workbench), 60_000).toEqual(all);
  expect(await listed()).toEqual(all);
}

async function analyze(workbench: Workbench, name: string): Promise<void> {
  await workbench.showContainer("Explorer");
  await workbench.chooseInExplorer([name], "Analyze Audio");
  await workbench.showContainer("Playlista");
}

/** The process that the note beside the database names, or null while there is none. */
function owner(): number | null {
  try {
    const note = readFileSync(join(journey.folder, ".playlista", "library.owner.json"), "utf8");
    return (JSON.parse(note) as { pid: number }).pid;
  } catch {
    return null;
  }
}

function windows(): [Workbench, Workbench] {
  const [first, second] = journey.windows;
  if (!first || !second) throw new Error("Two windows were opened.");
  return [first.workbench, second.workbench];
}

test("what one window analyzes the other shows without being asked", async () => {
  const [first, second] = windows();
  content = contentHashes(journey.folder);
  await second.showContainer("Playlista");
  await analyze(first, "Classical");
  analyzed.push(...namesIn("Classical"));
  await eventually(() => shown(second), 60_000).toEqual([...analyzed].sort());
  expect(await second.statusBarText()).toBe("");
  expect(journey.windows[0]?.engines()).toContain(owner());
});

test("both windows and the command line analyze at once, and all see all results", async () => {
  const [first, second] = windows();
  const [green] = namesIn("Folk").filter((name) => name !== LAST);
  await Promise.all([
    analyze(first, "Jazz and Ragtime"),
    analyze(second, "Grooves"),
    commandLine("analyze", join("Folk", green ?? "")),
  ]);
  analyzed.push(...namesIn("Jazz and Ragtime"), ...namesIn("Grooves"), green ?? "");
  await everybodySees(analyzed);
  await second.screenshot("two-windows");
});

test("the owner is killed: another takes over, the other window works on, and nothing is lost", async () => {
  const [, second] = windows();
  const killed = owner();
  expect(journey.windows[0]?.engines()).toContain(killed);
  const killedAt = performance.now();
  if (killed !== null) process.kill(killed, "SIGKILL");
  // Sooner than a lock without a heartbeat counts as left behind.
  await eventually(() => ![killed, null].includes(owner()), 8000).toBe(true);
  const ownedMs = Math.round(performance.now() - killedAt);
  await second.showContainer("Explorer");
  await second.expandInExplorer("Folk");
  await analyze(second, LAST);
  await eventually(() => second.statusBarText(), 60_000).toBe("1 analyzed");
  const doneMs = Math.round(performance.now() - killedAt);
  console.log(`After the kill: owned again in ${ownedMs} ms, the next file analyzed in ${doneMs} ms.`);
  await everybodySees([...analyzed, LAST]);
  expect(contentHashes(journey.folder)).toEqual(content);
});
