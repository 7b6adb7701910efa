/** The user's settings, read at the moment of use: there is no copy that could be stale. */
import * as vscode from "vscode";
import type { EngineSettings } from "../shared/engineProtocol";
import type { Log } from "../shared/log";
import type { DatabasePlace, OnChange, SettingName } from "./manifest";
import { checkSettings, type CheckedSettings } from "./settingValues";

export class Settings {
  readonly #log: Log;
  /** What has been logged, so that a wrong value is named once and not at each run. */
  readonly #saidProblems = new Set<string>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** The settings for a file or folder. */
  forUri(uri: vscode.Uri): EngineSettings {
    return this.#read(uri).settings;
  }

  /** What happens by itself when an audio file comes or changes there. */
  onChangeFor(uri: vscode.Uri): OnChange {
    return this.#read(uri).onChange;
  }

  /** Where the results of this folder are kept. */
  databasePlaceFor(uri: vscode.Uri): DatabasePlace {
    return this.#read(uri).databasePlace;
  }

  #read(uri: vscode.Uri): CheckedSettings {
    const configuration = vscode.workspace.getConfiguration(undefined, uri);
    const checked = checkSettings((name: SettingName) => configuration.get<unknown>(name));
    for (const problem of checked.problems) {
      if (this.#saidProblems.has(problem)) continue;
      this.#saidProblems.add(problem);
      this.#log("warn", "settings", problem);
    }
    return checked;
  }
}
