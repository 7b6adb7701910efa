/**
 * Entry of the built worker file. In a pool thread it starts itself from `workerData`; in the engine's own
 * process, `configure` is called before the first task. Both run the same task.
 */
import { isMainThread, parentPort, threadId, workerData } from "node:worker_threads";
import type { AnalyzeTask, WorkerSays, WorkerSetup } from "../shared/job";
import { AudioAnalyzer } from "./AudioAnalyzer";
import { essentiaCompiler } from "./essentia/essentiaCompiler";
import { lowerPriority } from "./lowerPriority";

let analyzer: AudioAnalyzer | null = null;

/** Prepares the task for this process or thread. */
export function configure({ essentiaFile, appVersion, workerId = threadId }: WorkerSetup): void {
  analyzer = new AudioAnalyzer({
    compileEssentia: essentiaCompiler(essentiaFile),
    appVersion,
    workerId,
  });
}

const analyze: AnalyzeTask = (job, context) => {
  if (!analyzer) throw new Error("The analyzer is used before it is configured.");
  return analyzer.analyze(job, context);
};

function startThread(setup: WorkerSetup): AnalyzeTask {
  const started = performance.now();
  if (setup.isBackground) lowerPriority();
  configure(setup);
  say({ type: "workerReady", workerId: threadId, startMs: performance.now() - started, model: null });
  return async (job, context) => {
    say({ type: "taskStarted", path: job.path });
    try {
      return await analyze(job, context);
    } finally {
      // WebAssembly's memory is external to the heap.
      const { heapUsed, external } = process.memoryUsage();
      say({ type: "workerMemory", bytes: heapUsed + external });
    }
  };
}

function say(what: WorkerSays): void {
  parentPort?.postMessage(what);
}

function isWorkerSetup(data: unknown): data is WorkerSetup {
  return typeof data === "object" && data !== null && "essentiaFile" in data && "appVersion" in data;
}

const data: unknown = workerData;

const task: AnalyzeTask = !isMainThread && isWorkerSetup(data) ? startThread(data) : analyze;

export default task;
