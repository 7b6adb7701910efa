/** What the user sees of a playlista.conf before anything is written. */
import { expect, test } from "vitest";
import { confText } from "../../../../src/host/conf/confText";
import { planConf } from "../../../../src/host/conf/confPlan";
import { SETTINGS } from "../../../../src/host/manifest";
import type { SettingName } from "../../../../src/host/manifest";
import { readConf } from "../../../../src/library/config/readConf";

const defaults = (name: SettingName): unknown => SETTINGS[name].default;
const CONF = [
  "USE_THREADED_PROCESSING=false",
  "WORKERS=6",
  "MAX_WORKERS=4",
  "ANALYSIS_TIMEOUT=300",
  "EXCLUDE_PATTERNS=a|b, c",
  "FAILED_FILES_DIR=/music/failed",
  "LASTFM_API_KEY=s3cr3t",
  "no setting at all",
].join("\n");

test("every setting is planned with what holds now, what the file says and which keys say so", () => {
  expect(planConf(readConf(CONF), defaults)).toEqual([
    {
      setting: "playlista.analysis.executor",
      from: "threads",
      to: "processes",
      by: "USE_THREADED_PROCESSING, line 1",
      isChange: true,
    },
    {
      setting: "playlista.analysis.workers",
      from: 0,
      to: 4,
      by: "WORKERS, line 2; MAX_WORKERS, line 3",
      isChange: true,
    },
    {
      setting: "playlista.analysis.timeoutSeconds",
      from: 300,
      to: 300,
      by: "ANALYSIS_TIMEOUT, line 4",
      isChange: false,
    },
    {
      setting: "playlista.files.exclude",
      from: [],
      to: ["a|b", "c"],
      by: "EXCLUDE_PATTERNS, line 5",
      isChange: true,
    },
  ]);
});

test("the document has every key, changed, kept or ignored with the reason, and no secret", () => {
  const preview = readConf(CONF);
  const text = confText("playlista.conf", planConf(preview, defaults), preview);
  expect(text).toMatch(/^\| playlista\.analysis\.executor +\| threads \| processes +\| USE_THREADED/m);
  expect(text).toMatch(
    /## Set like this already\n\n.*\n.*\n\| playlista\.analysis\.timeoutSeconds \| 300 +\| 300/,
  );
  expect(text).toMatch(/^\| 6 +\| FAILED_FILES_DIR \| \/music\/failed \| Files are never moved\. +\|$/m);
  expect(text).toMatch(/^\| 7 +\| LASTFM_API_KEY +\| \(secret\) +\| It is a secret\. +\|$/m);
  expect(text).toContain("- Line 8: This line is ignored: it is not KEY=value.");
  for (const { key } of preview.outcomes) expect(text).toContain(key);
  expect(text).not.toContain("s3cr3t");
  // A bar in a value is no border of a table.
  expect(text).toContain('["a\\|b","c"]');
});

test("a file that changes nothing says so", () => {
  const preview = readConf("LOG_LEVEL=INFO");
  expect(confText("x", planConf(preview, defaults), preview)).toContain("Nothing: it says nothing");
});
