import { expect, test } from "vitest";
import { fewerWorkers } from "../../../../src/host/runs/fewerWorkers";

test.for([
  [8, 4],
  [3, 1],
  [2, 1],
  [1, null],
  [0, null],
] as const)("of %i workers %o are left", ([workers, left]) => {
  expect(fewerWorkers(workers)).toBe(left);
});
