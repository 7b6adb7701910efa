/** A long run in real pools with one file in a hundred that kills its worker: too long for the unit tests. */
import { beforeAll, test } from "vitest";
import { buildChaosWorker, expectOneInAHundredLost } from "../unit/library/fixtures/chaosRun";

let parts: Awaited<ReturnType<typeof buildChaosWorker>>;

beforeAll(async () => {
  parts = await buildChaosWorker();
});

test.each(["threads", "processes"] as const)(
  "of 5,000 files in %s with 50 that kill their worker, all others are analysed",
  (executor) => expectOneInAHundredLost(5000, { ...parts, executor }),
);
