/** The log channel "Playlista" behind the log type that all places share. */
import * as vscode from "vscode";
import type { Disposable } from "../shared/DisposableStore";
import type { Log } from "../shared/log";

export interface LogChannel extends Disposable {
  log: Log;
  show(): void;
}

/** Opens the channel; lines carry their component as "playlista.store: …", so that one can search for it. */
export function createLogChannel(): LogChannel {
  const channel = vscode.window.createOutputChannel("Playlista", { log: true });
  return {
    log: (level, scope, message) => {
      channel[level](`playlista.${scope}: ${message}`);
    },
    show: () => {
      channel.show(true);
    },
    dispose: () => {
      channel.dispose();
    },
  };
}
