/** What taking a playlista.conf over would change in the settings. Free of `vscode`. */
import type { ConfPreview, ConfSettings } from "../../shared/conf";
import type { SettingName } from "../manifest";

/** Where each thing that a file can set is set today. */
const SETTING_OF: Record<keyof ConfSettings, SettingName> = {
  executor: "playlista.analysis.executor",
  workers: "playlista.analysis.workers",
  timeoutSeconds: "playlista.analysis.timeoutSeconds",
  maxRetries: "playlista.analysis.maxRetries",
  maxFileSizeMB: "playlista.analysis.maxFileSizeMB",
  exclude: "playlista.files.exclude",
};

export interface PlannedSetting {
  setting: SettingName;
  /** What holds now. */
  from: unknown;
  to: unknown;
  /** The keys that say so, with their lines. */
  by: string;
  /** False where it is so already. */
  isChange: boolean;
}

/** `read` gives what holds now. */
export function planConf(
  { settings, outcomes }: ConfPreview,
  read: (name: SettingName) => unknown,
): PlannedSetting[] {
  return (Object.keys(settings) as (keyof ConfSettings)[]).map((name) => {
    const [from, to] = [read(SETTING_OF[name]), settings[name]];
    const by = outcomes.filter(({ sets }) => sets === name).map(({ key, line }) => `${key}, line ${line}`);
    const isChange = shown(from) !== shown(to);
    return { setting: SETTING_OF[name], from, to, by: by.join("; "), isChange };
  });
}

/** A value as settings.json has it, on one line. */
export function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
