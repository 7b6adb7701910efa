import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Batch } from "../../../../src/host/views/Batch";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function collect(handleMs = 0): { batch: Batch<number>; handled: number[][] } {
  const handled: number[][] = [];
  const batch = new Batch<number>(async (items) => {
    handled.push(items);
    await new Promise((resolve) => setTimeout(resolve, handleMs));
  });
  return { batch, handled };
}

test("changes of a quarter of a second are handled together", async () => {
  const { batch, handled } = collect();
  for (const change of [1, 2, 3]) batch.add(change);
  await vi.advanceTimersByTimeAsync(249);
  expect(handled).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(handled).toEqual([[1, 2, 3]]);
});

test("changes that come while others are handled wait for their end, and none is lost", async () => {
  const { batch, handled } = collect(1000);
  batch.add(1);
  await vi.advanceTimersByTimeAsync(300);
  batch.add(2);
  batch.add(3);
  await vi.advanceTimersByTimeAsync(900);
  expect(handled).toEqual([[1]]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(handled).toEqual([[1], [2, 3]]);
});

test("slow handling is done more seldom: a fifth of the time at most", async () => {
  const { batch, handled } = collect(1000);
  batch.add(1);
  await vi.advanceTimersByTimeAsync(1250);
  batch.add(2);
  await vi.advanceTimersByTimeAsync(4900);
  expect(handled).toEqual([[1]]);
  await vi.advanceTimersByTimeAsync(200);
  expect(handled).toEqual([[1], [2]]);
});

test("nothing is handled after the end", async () => {
  const { batch, handled } = collect();
  batch.add(1);
  batch.dispose();
  batch.add(2);
  await vi.advanceTimersByTimeAsync(5000);
  expect(handled).toEqual([]);
});
