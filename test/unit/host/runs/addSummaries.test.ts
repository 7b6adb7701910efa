import fc from "fast-check";
import { expect, test } from "vitest";
import { addSummaries } from "../../../../src/host/runs/addSummaries";
import type { RunSummary } from "../../../../src/shared/engineProtocol";

const aSummary: fc.Arbitrary<RunSummary> = fc
  .record({
    succeeded: fc.nat(),
    failed: fc.nat(),
    unchanged: fc.nat(),
    cancelled: fc.nat(),
    workers: fc.nat(),
  })
  .map((counts) => ({
    ...counts,
    asked: counts.succeeded + counts.failed + counts.unchanged + counts.cancelled,
    totalMs: 5,
    firstFailure: null,
    fellBack: false,
  }));

test("of any runs together as of each: analyzed, failed, unchanged and cancelled make what was asked", () => {
  fc.assert(
    fc.property(fc.array(aSummary), (summaries) => {
      const { asked, succeeded, failed, unchanged, cancelled } = addSummaries(summaries);
      expect(succeeded + failed + unchanged + cancelled).toBe(asked);
      expect(asked).toBe(summaries.reduce((sum, summary) => sum + summary.asked, 0));
    }),
  );
});
