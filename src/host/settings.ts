/** The user's settings, read at the moment of use: there is no copy that could be stale. */
import * as vscode from "vscode";
import type { EngineSettings } from "../shared/engineProtocol";
import type { Log } from "../shared/log";
import type { SettingName } from "./manifest";
import { checkSettings } from "./settingValues";

export class Settings {
  readonly #log: Log;
  /** What has been logged, so that a wrong value is named once and not at each run. */
  readonly #saidProblems = new Set<string>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** The settings for what lies in `folder`, or for the window. */
  forFolder(folder: vscode.Uri | null): EngineSettings {
    const configuration = vscode.workspace.getConfiguration(undefined, folder);
    const { settings, problems } = checkSettings((name: SettingName) => configuration.get<unknown>(name));
    for (const problem of problems) {
      if (this.#saidProblems.has(problem)) continue;
      this.#saidProblems.add(problem);
      this.#log("warn", "settings", problem);
    }
    return settings;
  }

  /** Calls `listener` when a setting of ours has changed. */
  onDidChange(listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("playlista")) listener();
    });
  }
}
