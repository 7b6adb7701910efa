/** Tells the engine's failed answers apart. */
import type { EngineErrorData } from "../../shared/engineProtocol";

/** Why the engine could not do what it was asked, or null when the error is not its answer. */
export function engineErrorCode(error: unknown): EngineErrorData["code"] | null {
  // Without vscode-jsonrpc's class: a window that never asks the engine does not load that library.
  if (!(error instanceof Error) || !("data" in error)) return null;
  return (error.data as EngineErrorData | undefined)?.code ?? null;
}
