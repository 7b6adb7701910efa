import { expect, test } from "vitest";
import type { TaskOutcome, WorkerPool } from "../../../../src/library/queue/Executor";
import { RecyclingExecutor } from "../../../../src/library/queue/RecyclingExecutor";
import type { AnalysisJob } from "../../../../src/shared/job";
import { DEFAULT_LIMITS } from "../../../../src/shared/limits";

const { signal } = new AbortController();
const OUTCOME: TaskOutcome = { kind: "notStarted", message: "" };
const job = (path: string): AnalysisJob => ({ path, limits: DEFAULT_LIMITS, essentia: false });

/** Workers that keep each file until they are told; they note what they had and whether they were ended. */
class Pool implements WorkerPool {
  readonly had: string[] = [];
  readonly finish: (() => void)[] = [];
  isClosed = false;
  readonly onMemory: (bytes: number) => void;
  constructor(onMemory: (bytes: number) => void) {
    this.onMemory = onMemory;
  }
  run({ path }: AnalysisJob): Promise<TaskOutcome> {
    this.had.push(path);
    return new Promise((resolve) => {
      this.finish.push(() => {
        resolve(OUTCOME);
      });
    });
  }
  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

function recycling(maxFiles: number): { pools: Pool[]; executor: RecyclingExecutor; lines: string[] } {
  const [pools, lines]: [Pool[], string[]] = [[], []];
  const open = (onMemory: (bytes: number) => void): Pool => {
    const pool = new Pool(onMemory);
    pools.push(pool);
    return pool;
  };
  const log = (_level: string, _scope: string, message: string): void => {
    lines.push(message);
  };
  return { pools, lines, executor: new RecyclingExecutor({ open, log, maxFiles }) };
}

test("after so many files new workers take over, and the old ones end with the files they have", async () => {
  const { pools, executor, lines } = recycling(2);
  const running = ["1", "2", "3"].map((path) => executor.run(job(path), signal));
  expect(pools.map(({ had }) => had)).toEqual([["1", "2"], ["3"]]);
  pools[0]?.finish[0]?.();
  await running[0];
  expect(pools[0]?.isClosed).toBe(false);
  pools[0]?.finish[1]?.();
  await running[1];
  expect(pools.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  expect(lines).toEqual(["workers are replaced by new ones after 2 files"]);
});

test("workers of which one holds much memory get no more files", async () => {
  const { pools, executor } = recycling(100);
  const first = executor.run(job("1"), signal);
  pools[0]?.onMemory(100 * 1024 * 1024);
  void executor.run(job("2"), signal);
  pools[0]?.onMemory(2000 * 1024 * 1024);
  void executor.run(job("3"), signal);
  expect(pools.map(({ had }) => had)).toEqual([["1", "2"], ["3"]]);
  pools[0]?.finish.forEach((finish) => {
    finish();
  });
  await first;
  await executor.close();
  expect(pools.map(({ isClosed }) => isClosed)).toEqual([true, true]);
});
