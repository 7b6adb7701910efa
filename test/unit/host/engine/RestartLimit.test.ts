import { expect, test } from "vitest";
import { RestartLimit } from "../../../../src/host/engine/RestartLimit";

test("an engine that dies again and again is started three times in two minutes and then no more", () => {
  const limit = new RestartLimit();
  expect([0, 1000, 2000, 3000].map((at) => limit.take(at))).toEqual([true, true, true, false]);
});

test("deaths two minutes ago no longer count", () => {
  const limit = new RestartLimit();
  for (const at of [0, 1000, 2000]) limit.take(at);
  expect(limit.take(119_999)).toBe(false);
  expect(limit.take(120_000)).toBe(true);
});

test("the user's own try starts the count anew", () => {
  const limit = new RestartLimit();
  for (const at of [0, 1, 2, 3]) limit.take(at);
  limit.reset();
  expect(limit.take(4)).toBe(true);
});
