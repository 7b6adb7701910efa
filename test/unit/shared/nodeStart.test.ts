/** An option that Node does not know would keep the engine from starting at all. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { WORK_ENVIRONMENT, WORK_FLAGS } from "../../../src/shared/nodeStart";

test("Node starts with the engine's options, and its workers work", () => {
  const script =
    "new (require('node:worker_threads').Worker)('process.stdout.write(String(6 * 7))', { eval: true })";
  const { status, stdout, stderr } = spawnSync(process.execPath, [...WORK_FLAGS, "-e", script], {
    env: { ...process.env, ...WORK_ENVIRONMENT },
    encoding: "utf8",
  });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "42", stderr: "" });
});
