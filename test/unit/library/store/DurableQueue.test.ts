/** Changes share saves, are acknowledged only by one that began after them, and saving leaves time for work. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DurableQueue } from "../../../../src/library/store/DurableQueue";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Saves that take `ms` each and note what they cover. */
function slowSaves(ms: number) {
  const memory: string[] = [];
  const saves: { at: number; covers: string[] }[] = [];
  const queue = new DurableQueue(async () => {
    saves.push({ at: performance.now(), covers: [...memory] });
    await new Promise((resolve) => setTimeout(resolve, ms));
  });
  const acknowledged: string[] = [];
  const change = (name: string) => {
    memory.push(name);
    return queue.changed().then(() => acknowledged.push(name));
  };
  return { queue, saves, acknowledged, change };
}

describe("a change", () => {
  test("is saved at once after a quiet spell", async () => {
    const { saves, change, acknowledged } = slowSaves(10);
    const start = performance.now();
    void change("a");
    await vi.advanceTimersByTimeAsync(10);
    expect(saves.map(({ at }) => at - start)).toEqual([0]);
    expect(acknowledged).toEqual(["a"]);
  });

  test("that comes during a save is acknowledged by the next one, with all others of that time", async () => {
    const { saves, change, acknowledged } = slowSaves(100);
    void change("a");
    await vi.advanceTimersByTimeAsync(50);
    void change("b");
    void change("c");
    await vi.advanceTimersByTimeAsync(50);
    expect(acknowledged).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(300);
    expect(acknowledged).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(100);
    expect(acknowledged).toEqual(["a", "b", "c"]);
    expect(saves.map(({ covers }) => covers.length)).toEqual([1, 3]);
  });

  test("does not wait for its turn when all is to be flushed", async () => {
    const { queue, saves, change, acknowledged } = slowSaves(100);
    void change("a");
    await vi.advanceTimersByTimeAsync(10);
    void change("b");
    const flushed = queue.flush();
    await vi.advanceTimersByTimeAsync(200);
    await flushed;
    expect(acknowledged).toEqual(["a", "b"]);
    expect(saves).toHaveLength(2);
  });
});

test("saving takes at most a quarter of the time, however many changes come", async () => {
  const { saves, change } = slowSaves(100);
  const start = performance.now();
  for (let i = 0; i < 399; i++) {
    void change(String(i));
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(saves.map(({ at }) => Math.round((at - start) / 100))).toEqual([
    0, 4, 8, 12, 16, 20, 24, 28, 32, 36,
  ]);
});

test("a failed save is told to those it was for, and the next change is saved all the same", async () => {
  let isFull = true;
  const queue = new DurableQueue(() => (isFull ? Promise.reject(new Error("disk full")) : Promise.resolve()));
  const first = expect(queue.changed()).rejects.toThrow("disk full");
  await vi.advanceTimersByTimeAsync(1);
  await first;
  isFull = false;
  const second = queue.changed();
  await vi.advanceTimersByTimeAsync(1);
  await second;
});
