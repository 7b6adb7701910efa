import { expect, test } from "vitest";
import { readPageMessage } from "../../../../src/host/editor/pageMessages";

test.for(["ready", "cancel", "showLog", "copyValues"])(
  "%s is understood, without what else it carries",
  (type) => {
    expect(readPageMessage({ type, path: "/etc/passwd" })).toEqual({ type });
  },
);

test("analyze says whether to measure again", () => {
  expect(readPageMessage({ type: "analyze", force: true })).toEqual({ type: "analyze", force: true });
});

test.for([
  null,
  undefined,
  "ready",
  7,
  {},
  [],
  { type: "open" },
  { type: 1 },
  { type: "analyze" },
  { type: "analyze", force: "yes" },
])("%j is not a message of ours", (message) => {
  expect(readPageMessage(message)).toBeNull();
});
