/**
 * From what stands in settings.json to what the engine takes. A value of the wrong type or outside its limits
 * is replaced by the default and named, so that it can be logged. Free of `vscode`.
 */
import type { EngineSettings, ExecutorKind } from "../shared/engineProtocol";
import { SETTINGS } from "./manifest";
import type { DatabasePlace, OnChange, SettingDeclaration, SettingName } from "./manifest";

export interface CheckedSettings {
  settings: EngineSettings;
  /** What happens by itself when audio files come or change. */
  onChange: OnChange;
  /** Where a folder's results are kept. */
  databasePlace: DatabasePlace;
  /** One sentence for each value that was replaced. */
  problems: string[];
}

/** Reads all settings through `read` and checks each. */
export function checkSettings(read: (name: SettingName) => unknown): CheckedSettings {
  const problems: string[] = [];
  const value = (name: SettingName): unknown => {
    const declaration = SETTINGS[name];
    const found = read(name);
    if (isAllowed(declaration, found)) return found;
    problems.push(
      `${name} is ${found === undefined ? "not set" : JSON.stringify(found)}; the default ${JSON.stringify(declaration.default)} is used`,
    );
    return declaration.default;
  };
  const settings: EngineSettings = {
    executor: value("playlista.analysis.executor") as ExecutorKind,
    workers: Number(value("playlista.analysis.workers")),
    timeoutSeconds: Number(value("playlista.analysis.timeoutSeconds")),
    maxRetries: Number(value("playlista.analysis.maxRetries")),
    limits: {
      maxFileSizeMB: Number(value("playlista.analysis.maxFileSizeMB")),
      maxDurationHours: Number(value("playlista.analysis.maxDurationHours")),
      maxChannels: Number(value("playlista.analysis.maxChannels")),
      maxSampleRate: Number(value("playlista.analysis.maxSampleRate")),
    },
    essentia: value("playlista.analysis.essentia") === true,
    exclude: [...(value("playlista.files.exclude") as readonly string[])],
  };
  return {
    settings,
    onChange: value("playlista.analysis.onChange") as OnChange,
    databasePlace: value("playlista.database.location") as DatabasePlace,
    problems,
  };
}

function isAllowed(declaration: SettingDeclaration, value: unknown): boolean {
  switch (declaration.type) {
    case "string":
      return typeof value === "string" && declaration.choices.includes(value);
    case "integer":
      return (
        typeof value === "number" &&
        Number.isInteger(value) &&
        value >= declaration.minimum &&
        value <= declaration.maximum
      );
    case "boolean":
      return typeof value === "boolean";
    case "array":
      return Array.isArray(value) && value.every((item) => typeof item === "string" && item !== "");
  }
}
