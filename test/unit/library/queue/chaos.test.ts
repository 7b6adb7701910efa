/**
 * Files that do the worst to the real worker in real pools: every run ends, every file is accounted for, and the
 * good ones have their results.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { constants, getPriority } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { ParallelAnalyzer } from "../../../../src/library/queue/ParallelAnalyzer";
import { bundle } from "../fixtures/bundle";
import { buildChaosWorker, chaosRun, expectOneInAHundredLost, tone } from "../fixtures/chaosRun";
import { makeFolder, makeSounds } from "../fixtures/someFiles";

let parts: Awaited<ReturnType<typeof buildChaosWorker>>;

beforeAll(async () => {
  parts = await buildChaosWorker();
});

const good = (count: number) => Array.from({ length: count }, (_, i) => `good-${i}.wav`);

const BAD: Record<string, string> = {
  "exit-1.wav": "crashedAnalyzer",
  "throw-1.wav": "crashedAnalyzer",
  "trap-1.wav": "crashedAnalyzer",
  "rejectLater-1.wav": "crashedAnalyzer",
  "fill-1.wav": "outOfMemory",
  "deleted-1.wav": "notFound",
};

describe.each(["threads", "processes"] as const)("in %s", (executor) => {
  test("each way to die costs its own file and no other", async () => {
    const { summary, told } = await chaosRun([...good(10), ...Object.keys(BAD), ...good(20).slice(10)], {
      ...parts,
      executor,
    });
    expect(summary).toMatchObject({ succeeded: 20, failed: Object.keys(BAD).length });
    for (const [name, code] of Object.entries(BAD)) expect([name, told.get(name)]).toEqual([name, code]);
    for (const name of good(20)) expect([name, told.get(name)]).toEqual([name, "measured"]);
  });

  test("files that never end are stopped one after the other, and the good ones go on beside them", async () => {
    const names = ["spin-1.wav", ...good(6), "spin-2.wav"];
    const { summary, told } = await chaosRun(names, { ...parts, executor, timeoutSeconds: 8 });
    expect(summary).toMatchObject({ succeeded: 6, failed: 2 });
    expect([told.get("spin-1.wav"), told.get("spin-2.wav")]).toEqual(["timeout", "timeout"]);
  });

  test("a run is cancelled out of a file that never ends, and every file is accounted for", async () => {
    const paths = await makeSounds(await makeFolder(), ["spin-1.wav", ...good(4)], tone(0.5));
    const analyzer = new ParallelAnalyzer({ ...parts, executor, workers: 1 });
    onTestFinished(() => analyzer.close());
    const cancel = new AbortController();
    const run = analyzer.processFiles(paths, { signal: cancel.signal });
    await setTimeout(1500);
    cancel.abort();
    expect(await run).toMatchObject({ asked: 5, succeeded: 0, failed: 0, cancelled: 5 });
  });

  test("a file that is replaced while it is read has a result of what was read, or is told as changed", async () => {
    const { told } = await chaosRun(["replaced-1.wav", ...good(2)], { ...parts, executor }, tone(60));
    expect(["measured", "corrupt", "notAudio", "unreadable"]).toContain(told.get("replaced-1.wav"));
  });
});

test("a process that the system kills costs its file and no other", async () => {
  const { summary, told } = await chaosRun([...good(4), "kill-1.wav", "kill-2.wav"], {
    ...parts,
    executor: "processes",
  });
  expect(summary).toMatchObject({ succeeded: 4, failed: 2 });
  expect(told.get("kill-1.wav")).toBe("crashedAnalyzer");
});

test("a process in a file that never ends goes when the engine that started it is killed", async () => {
  const folder = await makeFolder();
  const [sound = ""] = await makeSounds(folder, ["spin-1.wav"], tone(0.5));
  const script = await bundle(join(import.meta.dirname, "../fixtures/spinningEngine.ts"), folder);
  const engine = fork(script, [parts.workerFile ?? "", parts.childFile ?? "", sound]);
  const [pid] = (await once(engine, "message")) as [number];
  // Into the file that never ends, and its look-out up.
  await setTimeout(1000);
  engine.kill("SIGKILL");
  await once(engine, "exit");
  while (isRunning(pid)) await setTimeout(100);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test.runIf(process.platform === "linux").each(["threads", "processes"] as const)(
  "%s in the background give way to all else, and the process that started them does not",
  async (executor) => {
    const priorityOf = async (isBackground: boolean) => {
      const { folder } = await chaosRun(["priority-1.wav"], { ...parts, executor, isBackground });
      return readFile(join(folder, "priority-1.wav.txt"), "utf8");
    };
    const own = getPriority();
    expect(Number(await priorityOf(true))).toBe(Math.max(own, constants.priority.PRIORITY_BELOW_NORMAL));
    expect(Number(await priorityOf(false))).toBe(own);
    expect(getPriority()).toBe(own);
  },
);

test("in this process a file that breaks the analyzer fails, and the others are analysed", async () => {
  const bad = ["throw-1.wav", "trap-1.wav", "deleted-1.wav"];
  const { summary } = await chaosRun([...bad, ...good(4)], { ...parts, executor: "sequential" });
  expect(summary).toMatchObject({ succeeded: 4, failed: 3, workers: 1 });
});

test.each(["threads", "processes"] as const)(
  "of many files in %s with one in a hundred that kills its worker, all others are analysed",
  (executor) => expectOneInAHundredLost(300, { ...parts, executor }),
);
