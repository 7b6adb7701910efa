/**
 * Kills the owner of a library that two others use, 10 times or as often as told, and prints how long it takes until a
 * result that another puts at that moment is on disk, in libraries of nothing and of many tracks:
 * npm run bench:takeover -- [KILLS] [TRACKS…]. Times are the clock's; exit status 1 when anything was lost.
 */
import { fork, type ChildProcess } from "node:child_process";
import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { parseOwner } from "../../src/library/store/lockOwner";
import type { Order, Told } from "../unit/library/fixtures/sharingProcess";
import { writeLibrary } from "./store/writeLibrary";

const PROCESSES = 3;
const SCRIPT = join(".tsbuild", "run", "sharingProcess.mjs");

const [kills = "10", ...sizes] = process.argv.slice(2);
await build({
  entryPoints: ["test/unit/library/fixtures/sharingProcess.ts"],
  outfile: SCRIPT,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  define: { APP_VERSION: '"0.0.0-dev"' },
});
for (const tracks of sizes.length > 0 ? sizes.map(Number) : [0, 10_000]) await measure(tracks, Number(kills));

async function measure(tracks: number, rounds: number): Promise<void> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "playlista-takeover-")));
  if (tracks > 0) await writeLibrary(root, tracks);
  const processes: ChildProcess[] = [];
  const times: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      while (processes.length < PROCESSES) processes.push(await startUser(root));
      times.push(await killOwner(root, processes, `after ${round}.mp3`));
    }
    const [reader] = processes;
    const names = reader ? (await ask(reader, { type: "read" }, "held")).names : [];
    const lost = times.filter((_, round) => !names.includes(`after ${round}.mp3`)).length;
    times.sort((a, b) => a - b);
    const [middle, longest] = [times[Math.floor(times.length / 2)], times.at(-1)];
    console.log(
      `${tracks} tracks, ${rounds} kills: durable again after ${middle} ms (median), ${longest} ms (longest); ${lost} lost`,
    );
    if (lost > 0) process.exitCode = 1;
  } finally {
    for (const child of processes) child.kill("SIGKILL");
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A process that has written, and so is the owner or a client that may take over. */
async function startUser(root: string): Promise<ChildProcess> {
  const child = fork(SCRIPT, [root]);
  await hears(child, "open");
  await ask(child, { type: "write", names: ["first.mp3"] }, "written");
  return child;
}

/** Takes the owner out of the list; ms from its end to another's result on disk. */
async function killOwner(root: string, processes: ChildProcess[], name: string): Promise<number> {
  const note = await readFile(join(root, ".playlista", "library.owner.json"), "utf8");
  const pid = parseOwner(note)?.pid;
  const [owner] = processes.splice(
    processes.findIndex((child) => child.pid === pid),
    1,
  );
  const [client] = processes;
  if (owner?.pid !== pid || !client) throw new Error("The owner is none of ours.");
  const killedAt = Date.now();
  owner?.kill("SIGKILL");
  return (await ask(client, { type: "write", names: [name] }, "durable")).at - killedAt;
}

function ask<K extends Told["type"]>(child: ChildProcess, order: Order, answer: K): Promise<Message<K>> {
  const heard = hears(child, answer);
  child.send(order);
  return heard;
}

type Message<K extends Told["type"]> = Extract<Told, { type: K }>;

function hears<K extends Told["type"]>(child: ChildProcess, type: K): Promise<Message<K>> {
  return new Promise((resolve) => {
    child.on("message", function hear(told: Told) {
      if (told.type !== type) return;
      child.off("message", hear);
      resolve(told as Message<K>);
    });
  });
}
