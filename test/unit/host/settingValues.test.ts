import { expect, test } from "vitest";
import { SETTINGS } from "../../../src/host/manifest";
import type { SettingName } from "../../../src/host/manifest";
import { checkSettings } from "../../../src/host/settingValues";
import { DEFAULT_LIMITS } from "../../../src/shared/limits";

const withValue = (name: SettingName, value: unknown) => (asked: SettingName) =>
  asked === name ? value : SETTINGS[asked].default;

test("without the user's word the defaults reach the engine", () => {
  expect(checkSettings((name) => SETTINGS[name].default)).toEqual({
    settings: {
      executor: "threads",
      workers: 0,
      timeoutSeconds: 300,
      limits: DEFAULT_LIMITS,
      maxRetries: 3,
      essentia: false,
      exclude: [],
    },
    onChange: "nothing",
    databasePlace: "workspace",
    problems: [],
  });
});

test("the user's values reach the engine", () => {
  const values: Record<SettingName, unknown> = {
    "playlista.analysis.executor": "sequential",
    "playlista.analysis.workers": 3,
    "playlista.analysis.timeoutSeconds": 20,
    "playlista.analysis.maxRetries": 7,
    "playlista.analysis.onChange": "analyze",
    "playlista.analysis.maxFileSizeMB": 500,
    "playlista.analysis.maxDurationHours": 12,
    "playlista.analysis.maxChannels": 2,
    "playlista.analysis.maxSampleRate": 48_000,
    "playlista.analysis.essentia": true,
    "playlista.files.exclude": ["**/Stems/**"],
    "playlista.database.location": "storage",
  };
  expect(checkSettings((name) => values[name])).toEqual({
    settings: {
      executor: "sequential",
      workers: 3,
      timeoutSeconds: 20,
      maxRetries: 7,
      limits: { maxFileSizeMB: 500, maxDurationHours: 12, maxChannels: 2, maxSampleRate: 48_000 },
      essentia: true,
      exclude: ["**/Stems/**"],
    },
    onChange: "analyze",
    databasePlace: "storage",
    problems: [],
  });
});

test.for([
  ["playlista.analysis.executor", "cluster"],
  ["playlista.analysis.workers", -1],
  ["playlista.analysis.workers", 65],
  ["playlista.analysis.workers", 2.5],
  ["playlista.analysis.workers", "4"],
  ["playlista.analysis.timeoutSeconds", 9],
  ["playlista.analysis.timeoutSeconds", null],
  ["playlista.analysis.maxRetries", 101],
  ["playlista.analysis.onChange", "ask"],
  ["playlista.analysis.maxFileSizeMB", Number.NaN],
  ["playlista.analysis.maxDurationHours", -1],
  ["playlista.analysis.maxChannels", 256],
  ["playlista.analysis.maxSampleRate", 44_100.5],
  ["playlista.analysis.essentia", "true"],
  ["playlista.files.exclude", "**/Stems/**"],
  ["playlista.files.exclude", ["**/Stems/**", 7]],
  ["playlista.files.exclude", [""]],
  ["playlista.database.location", "cloud"],
] as const)("%s = %j falls back to the default and is named once", ([name, value]) => {
  const { problems, ...checked } = checkSettings(withValue(name, value));
  expect({ ...checked, problems: [] }).toEqual(checkSettings((asked) => SETTINGS[asked].default));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(name);
});
