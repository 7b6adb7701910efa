/** The two DJ notations against their published wheels. */
import { describe, expect, it } from "vitest";
import { camelotName, keyOfCamelot, openKeyName } from "../../../src/shared/keyNames";
import { KEY_NAMES } from "../../../src/shared/analysis";

describe("key names", () => {
  it("follow the Camelot wheel", () => {
    expect(KEY_NAMES.map((key) => camelotName(key, "major"))).toEqual(
      "8B 3B 10B 5B 12B 7B 2B 9B 4B 11B 6B 1B".split(" "),
    );
    expect(KEY_NAMES.map((key) => camelotName(key, "minor"))).toEqual(
      "5A 12A 7A 2A 9A 4A 11A 6A 1A 8A 3A 10A".split(" "),
    );
  });

  it("follow the Open Key wheel", () => {
    expect(KEY_NAMES.map((key) => openKeyName(key, "major"))).toEqual(
      "1d 8d 3d 10d 5d 12d 7d 2d 9d 4d 11d 6d".split(" "),
    );
    expect(KEY_NAMES.map((key) => openKeyName(key, "minor"))).toEqual(
      "10m 5m 12m 7m 2m 9m 4m 11m 6m 1m 8m 3m".split(" "),
    );
  });

  it("lead back from a Camelot name to the key, and from what is none to nothing", () => {
    expect(["8A", "8B", "7B", "1A", "12B"].map(keyOfCamelot)).toEqual([
      "A minor",
      "C major",
      "F major",
      "G# minor",
      "E major",
    ]);
    expect(["13A", "A", ""].map(keyOfCamelot)).toEqual([null, null, null]);
  });
});
