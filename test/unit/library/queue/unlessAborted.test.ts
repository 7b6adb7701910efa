import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { unlessAborted } from "../../../../src/library/queue/unlessAborted";

test("a thousand files that another run does leave nothing behind at the signal", async () => {
  const { signal } = new AbortController();
  for (let file = 0; file < 1000; file++) await unlessAborted(Promise.resolve("done"), signal);
  expect(await unlessAborted(Promise.resolve("done"), signal)).toBe("done");
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a cancel ends the wait for a file that another run goes on with", async () => {
  const controller = new AbortController();
  const waiting = unlessAborted(new Promise(() => undefined), controller.signal);
  controller.abort();
  expect(await waiting).toBeNull();
  expect(await unlessAborted(Promise.resolve("done"), controller.signal)).toBeNull();
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});
