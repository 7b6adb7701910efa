/**
 * One run over files in a process of its own, so that no run has the memory or the warm code of another. What that
 * process does is answerOrders.ts.
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { RunSummary } from "../../shared/engineProtocol";
import { WORK_ENVIRONMENT, WORK_FLAGS } from "../../shared/nodeStart";
import type { TreeMemory } from "../../shared/verify";
import type { Answered, RunOrder, VerifierSays } from "./answerOrders";
import { largerMemory, memoryOfTree } from "./memoryOfTree";

/** The built process, beside the running bundle. */
const VERIFIER_FILE = join(__dirname, "verifier.js");
const SAMPLE_MS = 100;

export interface MeasuredRun {
  summary: RunSummary;
  answers: Answered[];
  /** Of the second run by the same workers, where it was asked for. */
  again: RunSummary | null;
  /** Of the process and its children: the highest seen during the run. */
  peak: TreeMemory | null;
  /** Of the same when the run is over and the workers are still warm. */
  warm: TreeMemory | null;
}

export interface MeasureOptions {
  /** Looking at memory takes time from the run. */
  measuresMemory: boolean;
  /** Told with the number of files that are done. */
  onProgress?: ((done: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Throws the signal's reason, or an error when the process ends before its answer. */
export async function measuredRun(order: RunOrder, options: MeasureOptions): Promise<MeasuredRun> {
  const { measuresMemory, onProgress, signal } = options;
  signal?.throwIfAborted();
  const child = fork(VERIFIER_FILE, [], {
    execArgv: [...WORK_FLAGS],
    env: { ...WORK_ENVIRONMENT, ...process.env },
    serialization: "advanced",
  });
  const { pid = 0 } = child;
  let peak: TreeMemory | null = null;
  const look = (): void => {
    peak = largerMemory(peak, memoryOfTree(pid));
  };
  const timer = measuresMemory ? setInterval(look, SAMPLE_MS) : undefined;
  try {
    child.send(order);
    const { summary, answers, again } = await answerOf(child, onProgress, signal);
    return { summary, answers, again, peak, warm: measuresMemory ? memoryOfTree(pid) : null };
  } finally {
    clearInterval(timer);
    await end(child);
  }
}

function answerOf(
  child: ChildProcess,
  onProgress: MeasureOptions["onProgress"],
  signal: AbortSignal | undefined,
): Promise<Extract<VerifierSays, { type: "answer" }>> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => {
      reject(signal?.reason as Error);
    };
    signal?.addEventListener("abort", cancel, { once: true });
    child.once("error", reject);
    child.once("exit", (code, ended) => {
      signal?.removeEventListener("abort", cancel);
      reject(new Error(`The process that verifies ended before its answer (${ended ?? String(code)}).`));
    });
    child.on("message", (message) => {
      const said = message as VerifierSays;
      if (said.type === "progress") onProgress?.(said.done);
      else resolve(said);
    });
  });
}

/** It ends its workers, and then itself, when its channel closes. */
async function end(child: ChildProcess): Promise<void> {
  if (!child.connected) return;
  const gone = once(child, "exit");
  child.disconnect();
  await gone;
}
