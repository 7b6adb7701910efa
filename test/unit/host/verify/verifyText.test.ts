/** What a verification says when it has passed, when it has not, and when there was nothing to verify. */
import { expect, test } from "vitest";
import { hasPassed, verdictText, verifyText } from "../../../../src/host/verify/verifyText";
import type { VerifyReport } from "../../../../src/shared/verify";

const run = { workers: 2, asked: 2, failed: 0, totalMs: 4000, peak: { pss: 2e8, rss: 3e8, processes: 1 } };
const PASSED: VerifyReport = {
  files: ["/m/a.flac", "/m/b.mp3"],
  runs: [
    { ...run, executor: "threads" },
    { ...run, executor: "processes", peak: null },
    { ...run, executor: "sequential", workers: 1, totalMs: 8000 },
  ],
  pairs: [
    { other: "processes", values: 1200, differing: 0 },
    { other: "sequential", values: 1200, differing: 0 },
  ],
  faults: [],
};

test("a passed verification says how much was compared, with times and memory", () => {
  expect(hasPassed(PASSED)).toBe(true);
  expect(verdictText(PASSED)).toContain("2,400 values of 2 files compared, none differs");
  const text = verifyText(PASSED);
  expect(text).toMatch(/^# Verification of threaded analysis: passed/);
  expect(text).toMatch(/^\| threads +\| 2 +\| 2 +\| 0 +\| 4\.0 +\| 0\.50 +\| 200 +\|$/m);
  expect(text).toMatch(/^\| processes +\|.*\| – +\|$/m);
  expect(text).toContain("- /m/b.mp3");
});

test("one fault is enough to fail, and each is named", () => {
  const faults = ["threads: /m/a.flac: corrupt, x", "threads and processes differ: rhythm.tempo of /m/b.mp3"];
  const failed = { ...PASSED, faults };
  expect(hasPassed(failed)).toBe(false);
  expect(verdictText(failed)).toBe(`The verification failed. ${faults[0] ?? ""} And 1 more, see the report.`);
  for (const fault of faults) expect(verifyText(failed)).toContain(`- ${fault}`);
  expect(verifyText(failed)).toMatch(/^# Verification of threaded analysis: FAILED/);
});

test("with no files it has not passed", () => {
  const nothing = { files: [], runs: [], pairs: [], faults: ["There is nothing to verify."] };
  expect(hasPassed(nothing)).toBe(false);
  expect(verifyText(nothing)).toContain("None was found.");
});
