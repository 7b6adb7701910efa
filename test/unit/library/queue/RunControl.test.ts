import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { RunControl } from "../../../../src/library/queue/RunControl";

test("pausing and resuming are each told once, however often they are asked for", async () => {
  const told: boolean[] = [];
  const control = new RunControl(() => told.push(control.isPaused));
  for (const act of ["pause", "pause", "resume", "resume", "pause"] as const) control[act]();
  expect(told).toEqual([true, false, true]);
  const waiting = control.mayBegin(new AbortController().signal);
  control.resume();
  expect(await waiting).toBe(true);
});

test("a file's signal ends with its run, and leaves nothing behind when the file is done", () => {
  const run = new AbortController();
  const control = new RunControl();
  const done = control.begin("/m/a.wav", run.signal);
  done.unlink();
  control.cancelFile("/m/a.wav");
  expect(done.controller.signal.aborted).toBe(false);
  expect(getEventListeners(run.signal, "abort")).toEqual([]);
  const { controller } = control.begin("/m/b.wav", run.signal);
  run.abort();
  expect(controller.signal.aborted).toBe(true);
});
