import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { chooseWorkers } from "../../../../src/library/queue/workerCount";

test("a wished number of workers is kept, up to 64", () => {
  expect([1, 3, 64, 65, 1000].map((wished) => chooseWorkers(wished))).toEqual([1, 3, 64, 64, 64]);
});

test.each([0, -2, 1.5, Number.NaN])(
  "without a usable wish (%s) it is one to as many as processors",
  (wished) => {
    const chosen = chooseWorkers(wished);
    expect(Number.isInteger(chosen)).toBe(true);
    expect(chosen).toBeGreaterThanOrEqual(1);
    expect(chosen).toBeLessThanOrEqual(availableParallelism());
  },
);
