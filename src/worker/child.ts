/**
 * Entry of a worker in a process of its own: loads the same built worker file as a thread does, sets it up, and
 * answers the pool that forked it. What goes wrong before it is ready ends the process, which the pool sees.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { worker, workerEmit } from "workerpool";
import type { AnalysisAnswer, AnalysisJob, ChildSetup, ChildSays, WorkerModule } from "../shared/job";
import { lowerPriority } from "./lowerPriority";

async function load({ workerFile, essentiaFile, appVersion }: ChildSetup): Promise<WorkerModule> {
  const module = createRequire(workerFile)(workerFile) as WorkerModule;
  // A compiled module can't be handed from one process to another.
  const essentia = await WebAssembly.compile(await readFile(essentiaFile));
  module.configure({ essentia, appVersion, workerId: process.pid });
  return module;
}

function say(what: ChildSays): void {
  workerEmit(what);
}

async function main(): Promise<void> {
  const started = performance.now();
  const [setup = ""] = process.argv.slice(2);
  const childSetup = JSON.parse(setup) as ChildSetup;
  if (childSetup.isBackground) lowerPriority();
  const module = await load(childSetup);
  let startMs: number | null = performance.now() - started;
  worker({
    analyze: async (job: AnalysisJob): Promise<AnalysisAnswer> => {
      say({ type: "taskStarted" });
      // Only what belongs to a task can be said.
      if (startMs !== null) say({ type: "workerReady", workerId: process.pid, startMs, model: null });
      startMs = null;
      try {
        return await module.default(job);
      } finally {
        say({ type: "workerMemory", bytes: process.memoryUsage.rss() });
      }
    },
  });
}

void main();
