import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readConf, readConfMapping } from "../../../../src/library/config/readConf";

const messages = (text: string): string[] =>
  readConf(text).notices.map(({ line, message }) => (line === null ? message : `${line}: ${message}`));
const valueOf = (line: string): unknown => [...readConf(line).values.values()][0];

describe("the syntax", () => {
  test.for([
    ["a blank line", "\n \t\nWORKERS=3\n\n", { workers: 3 }],
    ["a comment", "# WORKERS=3", {}],
    ["a comment of the other kind", "; WORKERS=3", {}],
    ["a section", "[WORKERS]", {}],
    ["blanks on both sides", "  WORKERS  =  3  ", { workers: 3 }],
    ["the first = only", "EXCLUDE_PATTERNS=a=b", { exclude: ["a=b"] }],
    ["a comment behind a value", "ANALYSIS_TIMEOUT=200  # note", { timeoutSeconds: 200 }],
    ["a # without a blank before it", "EXCLUDE_PATTERNS=a#b", { exclude: ["a#b"] }],
    ["a # in quotes", 'EXCLUDE_PATTERNS="a #b" # note', { exclude: ["a #b"] }],
    ["double quotes", 'THREADED_WORKERS_DEFAULT="4"', { workers: 4 }],
    ["single quotes", "THREADED_WORKERS_DEFAULT='4'", { workers: 4 }],
    ["a byte-order mark", "\uFEFFWORKERS=3", { workers: 3 }],
    ["export", "export WORKERS=3", { workers: 3 }],
    ["an empty value", "WORKERS=", {}],
    ["an empty value in quotes", 'WORKERS=""', {}],
    ["a value that is a comment", "WORKERS= # none", {}],
    ["the line ends of Windows", "WORKERS=3\r\nANALYSIS_TIMEOUT=60\r\n", { workers: 3, timeoutSeconds: 60 }],
  ] as const)("%s", ([, text, settings]) => {
    expect(readConf(text)).toMatchObject({ settings, notices: [] });
    expect(Object.keys(readConf(text).settings)).toEqual(Object.keys(settings));
  });

  test("a line without = is told with its number and without its words", () => {
    expect(messages("WORKERS=3\nsecret words")).toEqual(["2: This line is ignored: it is not KEY=value."]);
  });

  test("of a key that is set twice the last counts, and it is told", () => {
    const text = "WORKERS=3\nWORKERS=5";
    expect(readConf(text).settings).toEqual({ workers: 5 });
    expect(messages(text)).toEqual(["2: WORKERS is set more than once; the last one counts."]);
  });

  test("a single quotation mark is kept and told", () => {
    expect(readConf('EXCLUDE_PATTERNS="a').settings).toEqual({ exclude: ['"a'] });
    expect(messages('EXCLUDE_PATTERNS="a')).toEqual([
      "1: EXCLUDE_PATTERNS has one quotation mark only; it is kept.",
    ]);
  });

  test("names in ${…} are not replaced: the key counts as not set", () => {
    expect(readConf("EXCLUDE_PATTERNS=${HOME}/x").settings).toEqual({});
    expect(messages("EXCLUDE_PATTERNS=${HOME}/x")[0]).toContain("counts as not set");
  });

  test("a key in other letters is not the key, and that is told", () => {
    expect(readConf("workers=3").settings).toEqual({});
    expect(messages("workers=3")).toEqual(["1: workers is not used: the key is WORKERS, in capitals."]);
  });
});

describe("a value has the type of its key", () => {
  test.for([
    ["THREADED_WORKERS_DEFAULT=1", 1],
    ["MAX_WORKERS=0", 0],
    ["THREADED_WORKERS_DEFAULT=0", 0],
    ["ANALYSIS_WORKERS=auto", 0],
    ["WORKERS=04", 4],
    ["WORKERS=+3", 3],
    ["USE_THREADED_PROCESSING=YES", true],
    ["USE_THREADED_PROCESSING=1", true],
    ["USE_THREADED_PROCESSING=off", false],
    ["USE_THREADED_PROCESSING=0", false],
    ['USE_THREADED_PROCESSING="1"', true],
    ["SIMILARITY_THRESHOLD=1e3", 1000],
    ["MEMORY_LIMIT_GB=6", 6 * 1024],
    ["MEMORY_LIMIT_GB=6GB", 6 * 1024],
    ["MEMORY_LIMIT_GB=512MB", 512],
    ["SUPPORTED_FORMATS=mp3, wav,,flac", ["mp3", "wav", "flac"]],
    ["EXTRACT_KEY=true", true],
  ] as const)("%s", ([line, value]) => {
    expect(valueOf(line)).toEqual(value);
  });

  test.for([
    "WORKERS=-1",
    "WORKERS=65",
    "WORKERS=1_000",
    "WORKERS=１２",
    "WORKERS=1e3",
    "WORKERS=0x10",
    "WORKERS=6GB",
    "ANALYSIS_TIMEOUT=auto",
    "ANALYSIS_TIMEOUT=9",
    "ANALYSIS_TIMEOUT=2.5",
    "SIMILARITY_THRESHOLD=nan",
    "SIMILARITY_THRESHOLD=inf",
    "SIMILARITY_THRESHOLD=1e999",
    "USE_THREADED_PROCESSING=maybe",
    "MEMORY_LIMIT_GB=-1",
    "MEMORY_LIMIT_GB=much",
  ])("%s is ignored, and what was expected is told", (line) => {
    const { settings, values } = readConf(line);
    expect([settings, values.size]).toEqual([{}, 0]);
    expect(messages(line)).toEqual([expect.stringMatching(/^1: \w+ is ignored: expected .+\.$/)]);
  });
});

describe("in today's settings", () => {
  test.for([
    ["USE_THREADED_PROCESSING=true", { executor: "threads" }],
    ["USE_THREADED_PROCESSING=false", { executor: "processes" }],
    ["WORKERS=2\nTHREADED_WORKERS_DEFAULT=6", { workers: 6 }],
    ["WORKERS=6\nMAX_WORKERS=4", { workers: 4 }],
    ["WORKERS=6\nMAX_WORKERS=0", { workers: 6 }],
    ["ANALYSIS_TIMEOUT_SECONDS=60\nANALYSIS_TIMEOUT=90", { timeoutSeconds: 90 }],
    ["FAILED_FILES_MAX_RETRIES=5", { maxRetries: 5 }],
    ["FAILED_FILES_MAX_RETRIES=0", { maxRetries: 0 }],
    ["MAX_AUDIO_FILE_SIZE_MB=500", { maxFileSizeMB: 500 }],
    ["MAX_FILE_SIZE_BYTES=524288000", { maxFileSizeMB: 525 }],
    ["MAX_FILE_SIZE_MB=5\nMAX_FILE_SIZE_BYTES=1000000", { maxFileSizeMB: 1 }],
    ["EXCLUDE_PATTERNS=**/tmp/**, *.bak", { exclude: ["**/tmp/**", "*.bak"] }],
  ] as const)("%s", ([text, settings]) => {
    expect(readConf(text)).toMatchObject({ settings, notices: [] });
  });

  test("a bound on workers without a number of workers is told as without effect", () => {
    expect(readConf("MAX_WORKERS=4").settings).toEqual({});
    expect(messages("MAX_WORKERS=4")).toEqual([expect.stringContaining("MAX_WORKERS is ignored")]);
  });

  test("what has no effect here is named once, families of keys by their family", () => {
    const text = "SAMPLE_RATE=44100\nLOG_LEVEL=INFO\nLOG_FILE=x\nFOO=1\nDB_PATH=/x\nPLAYLIST_OUTPUT_DIR=out";
    expect(messages(text)).toEqual([
      expect.stringMatching(
        /^Without effect here: (?=.*SAMPLE_RATE)(?=.*FOO)(?=.*LOG_…)(?=.*DB_…)(?=.*PLAYLIST_…)/,
      ),
    ]);
    expect(messages(text)[0]?.match(/LOG_/g)).toHaveLength(1);
  });
});

describe("what becomes of each key", () => {
  const outcomes = (text: string): unknown[] =>
    readConf(text).outcomes.map(({ key, line, text: written, sets, reason }) => [
      line,
      key,
      written,
      sets ?? reason,
    ]);

  test("is told line by line, with what it sets or why it sets nothing", () => {
    const text = [
      "USE_THREADED_PROCESSING = true",
      "WORKERS=2",
      "THREADED_WORKERS_DEFAULT=6 # mine",
      "MAX_WORKERS=4",
      "ANALYSIS_TIMEOUT=soon",
      "FAILED_FILES_DIR=/music/failed",
      "LASTFM_API_KEY=s3cr3t",
      "DB_PATH=${HOME}/x",
      "LOG_LEVEL=DEBUG",
      "workers=3",
      "COLOUR=blue",
      "BATCH_SIZE=",
    ];
    expect(outcomes(text.join("\n"))).toEqual([
      [1, "USE_THREADED_PROCESSING", "true", "executor"],
      [2, "WORKERS", "2", "THREADED_WORKERS_DEFAULT goes before it."],
      [3, "THREADED_WORKERS_DEFAULT", "6", "workers"],
      [4, "MAX_WORKERS", "4", "workers"],
      [5, "ANALYSIS_TIMEOUT", "soon", "Expected a whole number from 10 to 86400."],
      [6, "FAILED_FILES_DIR", "/music/failed", "Files are never moved."],
      [7, "LASTFM_API_KEY", null, "It is a secret."],
      [8, "DB_PATH", "${HOME}/x", "Names in ${…} are not replaced."],
      [9, "LOG_LEVEL", "DEBUG", expect.stringContaining("Set Log Level")],
      [10, "workers", "3", "The key is WORKERS, in capitals."],
      [11, "COLOUR", "blue", "Playlista does not know this key."],
      [12, "BATCH_SIZE", "", "It has no value."],
    ]);
  });

  test("of a key that is set twice is told twice", () => {
    expect(outcomes("WORKERS=3\nWORKERS=5")).toEqual([
      [1, "WORKERS", "3", "It is set again in line 2."],
      [2, "WORKERS", "5", "workers"],
    ]);
  });

  test.for([
    ["MAX_WORKERS=4", "The file names no number of workers to cap."],
    ["MAX_WORKERS=0", "0 sets no bound."],
  ] as const)("%s: %s", ([line, reason]) => {
    expect(readConf(line).outcomes).toMatchObject([{ sets: null, reason }]);
  });
});

test("a mapping of the same keys gives the same settings", () => {
  const mapping = {
    USE_THREADED_PROCESSING: true,
    THREADED_WORKERS_DEFAULT: 4,
    EXCLUDE_PATTERNS: ["a", "b"],
  };
  expect(readConfMapping(mapping)).toEqual({
    settings: { executor: "threads", workers: 4, exclude: ["a", "b"] },
    notices: [],
  });
  expect(readConfMapping({ WORKERS: "many" })).toMatchObject({ settings: {}, notices: [{ line: null }] });
});

const SECRET = "s3cr3t-value";

test.for(["LASTFM_API_KEY", "X_TOKEN", "POSTGRES_PASSWORD", "client_secret", "export MY_API_KEY"])(
  "the value of %s is nowhere in what was read",
  (key) => {
    const reading = readConf(`${key}=${SECRET}\n${key}="${SECRET}" # ${SECRET}`);
    expect(JSON.stringify([reading, [...reading.values]])).not.toContain("s3cr3t");
    expect(reading.notices.some(({ message }) => message.includes("it is a secret"))).toBe(true);
  },
);

test("no file, however it is, breaks the reader, and what it gives is within limits", () => {
  const key = fc.constantFrom(
    "WORKERS",
    "MAX_WORKERS",
    "ANALYSIS_TIMEOUT",
    "MAX_FILE_SIZE_BYTES",
    "__proto__",
    "A_KEY",
  );
  const pair = fc
    .tuple(key, fc.oneof(fc.string(), fc.integer().map(String)))
    .map(([name, value]) => `${name}=${value}`);
  const line = fc.oneof(
    pair,
    fc.string({ unit: "binary" }),
    fc.constantFrom("[x]", "=", "export =1", "toString=1"),
  );
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom("\n", "\r\n", "\r"), (lines, end) => {
      const { settings, notices, outcomes } = readConf(lines.join(end));
      const { workers = 0, timeoutSeconds = 10, maxFileSizeMB = 0 } = settings;
      expect([workers, timeoutSeconds, maxFileSizeMB].every(Number.isInteger)).toBe(true);
      expect(workers >= 0 && workers <= 64 && timeoutSeconds >= 10 && maxFileSizeMB >= 0).toBe(true);
      for (const notice of notices) expect(notice.message).toMatch(/\.$/);
      for (const { sets, reason, text } of outcomes) {
        expect(sets === null).toBe(reason !== null);
        if (sets !== null) expect(text).toBeTruthy();
      }
    }),
    { numRuns: 200 },
  );
});

test("what is secret by another name, or in an address, is not shown either", () => {
  const text = "DB_PWD=hidden\nAPIKEY=hidden\nAUTH=hidden\nDATABASE_URL=postgres://me:hidden@host/db\n";
  expect(JSON.stringify(readConf(text))).not.toContain("hidden");
});
