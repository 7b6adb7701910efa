/**
 * How long a worker takes to start: a bare thread and a bare process of this Node, and ours with the analyzer ready,
 * made by the same pools that a run has. Each is a new one; the kinds take turns, so that a busy moment hits all.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { WorkerPool } from "../../../src/library/queue/Executor";
import type { Hearing } from "../../../src/library/queue/hearWorker";
import { ProcessPool } from "../../../src/library/queue/ProcessPool";
import { ThreadPool } from "../../../src/library/queue/ThreadPool";
import { CHILD_FILE, WORKER_FILE, workerSetup } from "../../../src/library/queue/workerSetup";
import { DEFAULT_LIMITS } from "../../../src/shared/limits";

const HEAP_MB = 1024;
/** Not counted: files come from the disk the first time. */
const WARM_UP = 2;

const BARE_THREAD = "require('node:worker_threads').parentPort.postMessage(0)";
const BARE_PROCESS = "process.send(0)";

export const STARTS = ["bareThread", "readyThread", "bareProcess", "readyProcess"] as const;
export type StartKind = (typeof STARTS)[number];

/** Milliseconds of each start, by kind; `folder` is for what is written meanwhile. */
export async function measureStarts(rounds: number, folder: string): Promise<Record<StartKind, number[]>> {
  const script = join(folder, "bare.cjs");
  writeFileSync(script, BARE_PROCESS);
  const start: Record<StartKind, () => Promise<number>> = {
    bareThread: startBareThread,
    readyThread: () =>
      startReady(
        (hearing) =>
          new ThreadPool({ workerFile: WORKER_FILE, setup: workerSetup(), heapMB: HEAP_MB, ...hearing }),
      ),
    bareProcess: () => startBareProcess(script),
    readyProcess: () => startReady(openProcess),
  };
  const took: Record<StartKind, number[]> = {
    bareThread: [],
    readyThread: [],
    bareProcess: [],
    readyProcess: [],
  };
  for (let round = -WARM_UP; round < rounds; round++)
    for (const kind of STARTS) {
      const ms = await start[kind]();
      if (round >= 0) took[kind].push(ms);
    }
  return took;
}

async function startBareThread(): Promise<number> {
  const started = performance.now();
  const worker = new Worker(BARE_THREAD, { eval: true });
  await once(worker, "message");
  const ms = performance.now() - started;
  await worker.terminate();
  return ms;
}

async function startBareProcess(script: string): Promise<number> {
  const started = performance.now();
  const child = fork(script);
  await once(child, "message");
  const ms = performance.now() - started;
  const gone = once(child, "exit");
  child.kill();
  await gone;
  return ms;
}

function openProcess(hearing: Hearing): WorkerPool {
  return new ProcessPool({
    ...workerSetup(),
    workerFile: WORKER_FILE,
    childFile: CHILD_FILE,
    isBackground: false,
    heapMB: HEAP_MB,
    ...hearing,
  });
}

/** Until the worker says that it is ready: workers are made by the first file, here one that is not there. */
async function startReady(open: (hearing: Hearing) => WorkerPool): Promise<number> {
  const started = performance.now();
  const said: number[] = [];
  const hearing: Hearing = {
    log: () => {
      said.push(performance.now() - started);
    },
    onMemory: () => undefined,
  };
  const pool = open(hearing);
  try {
    const job = { path: join(WORKER_FILE, "nothing"), limits: DEFAULT_LIMITS, essentia: false };
    await pool.run(job, new AbortController().signal);
    // What a worker says may come after its answer.
    while (said.length === 0) await new Promise(setImmediate);
    return Math.min(...said);
  } finally {
    await pool.close();
  }
}
