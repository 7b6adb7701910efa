/**
 * Entry of a worker in a process of its own: loads the same built worker file as a thread does, sets it up, and
 * answers the pool that forked it. What goes wrong before it is ready ends the process, which the pool sees.
 */
import { createRequire } from "node:module";
import { worker, workerEmit } from "workerpool";
import type { AnalysisAnswer, AnalysisJob, ChildSetup, WorkerModule, WorkerSays } from "../shared/job";
import { endWithEngine } from "./endWithEngine";
import { lowerPriority } from "./lowerPriority";

function load({ workerFile, essentiaFile, appVersion }: ChildSetup): WorkerModule {
  const module = createRequire(workerFile)(workerFile) as WorkerModule;
  module.configure({ essentiaFile, appVersion, workerId: process.pid });
  return module;
}

function say(what: WorkerSays): void {
  workerEmit(what);
}

function main(): void {
  const started = performance.now();
  const [setup = ""] = process.argv.slice(2);
  const childSetup = JSON.parse(setup) as ChildSetup;
  if (childSetup.isBackground) lowerPriority();
  const module = load(childSetup);
  let startMs: number | null = performance.now() - started;
  worker({
    analyze: async (job: AnalysisJob): Promise<AnalysisAnswer> => {
      say({ type: "taskStarted", path: job.path });
      // Only what belongs to a task can be said.
      if (startMs !== null) {
        say({ type: "workerReady", workerId: process.pid, startMs, model: null });
        endWithEngine(childSetup.engine);
        startMs = null;
      }
      try {
        return await module.default(job);
      } finally {
        say({ type: "workerMemory", bytes: process.memoryUsage.rss() });
      }
    },
  });
}

main();
