/**
 * The only doors to the editor's registries of commands and context keys: names come from manifest.ts, and a
 * command that fails says so in the log before the editor shows its message.
 */
import * as vscode from "vscode";
import type { Log } from "../shared/log";
import { EngineStoppedError } from "./engine/EngineStoppedError";
import type { CommandName, ContextValues } from "./manifest";

/** A command's body. The arguments depend on the menu it was called from, so they are checked, not trusted. */
export type CommandHandler = (first: unknown, all: unknown) => unknown;

/** Registers a declared command. */
export function registerCommand(name: CommandName, handler: CommandHandler, log: Log): vscode.Disposable {
  return vscode.commands.registerCommand(name, async (first: unknown, all: unknown) => {
    try {
      await handler(first, all);
    } catch (error) {
      // The user has been told of the engine's end already, once for all that waited for it.
      if (error instanceof EngineStoppedError) return;
      log(
        "error",
        "host",
        `${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      throw error;
    }
  });
}

/** Calls a declared command. */
export async function executeCommand(name: CommandName, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(name, ...args);
}

/** Sets a declared context key. */
export async function setContext<K extends keyof ContextValues>(
  key: K,
  value: ContextValues[K],
): Promise<void> {
  await vscode.commands.executeCommand("setContext", key, value);
}
