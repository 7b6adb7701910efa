import { expect, test } from "vitest";
import { UnfinishedRun, type State } from "../../../../src/host/runs/UnfinishedRun";
import { DEFAULT_LIMITS } from "../../../../src/shared/limits";
import type { AnalyzeParams } from "../../../../src/shared/engineProtocol";

const PARAMS: AnalyzeParams = {
  runId: "1",
  store: { database: "/m/.playlista/library.sqlite", root: "/m" },
  paths: ["/m/a"],
  force: false,
  askedAt: "2026-01-01T00:00:00.000Z",
  settings: {
    executor: "threads",
    workers: 0,
    timeoutSeconds: 300,
    limits: DEFAULT_LIMITS,
    maxRetries: 3,
    essentia: false,
    exclude: [],
  },
};

/** The editor's state as it comes back in another window: what JSON can hold. */
function stateOf(stored: unknown): State & { stored: unknown } {
  return {
    stored,
    get() {
      return this.stored;
    },
    update(_key, value) {
      this.stored = value === undefined ? undefined : JSON.parse(JSON.stringify(value));
      return Promise.resolve();
    },
  };
}

test("what was not finished is there in the next window, and gone once it is done", () => {
  const state = stateOf(undefined);
  new UnfinishedRun(state).write([PARAMS]);
  expect(new UnfinishedRun(state).read()).toEqual([PARAMS]);
  new UnfinishedRun(state).write([]);
  expect(state.stored).toBeUndefined();
  expect(new UnfinishedRun(state).read()).toEqual([]);
});

test.for([
  null,
  "x",
  {},
  [null],
  [{ ...PARAMS, paths: "/m" }],
  [{ ...PARAMS, paths: [1] }],
  [{ ...PARAMS, store: null }],
])("what another version kept (%j) is left out", (stored) => {
  expect(new UnfinishedRun(stateOf(stored)).read()).toEqual([]);
});
