import { expect, test } from "vitest";
import { failedAnalysis } from "../../../../src/library/queue/failedAnalysis";

test("a file whose worker was lost has no times and no worker, rather than 0 ms by worker 0", () => {
  const failure = { path: "/m/a.wav", code: "timeout", message: "It took too long." } as const;
  const { error, timing } = failedAnalysis({ ...failure, file: null, appVersion: "1" });
  expect(error).toEqual({ code: "timeout", message: "It took too long.", attempts: 1 });
  expect(timing).toMatchObject({ decodeMs: null, analyzeMs: null, workerId: null });
});
