/** Typed JSON-RPC: the protocol's method names with their parameters and results, and errors that can be shown. */
import { ErrorCodes, ResponseError, type MessageConnection } from "vscode-jsonrpc/node";
import { StoreError } from "../library/store/StoreError";
import type { EngineErrorData, EngineNotifications, EngineRequests } from "../shared/engineProtocol";
import type { Log } from "../shared/log";

/** One handler for each request of the protocol. */
export type Handlers = {
  [M in keyof EngineRequests]: (params: EngineRequests[M]["params"]) => Promise<EngineRequests[M]["result"]>;
};

export type Notify = <N extends keyof EngineNotifications>(name: N, params: EngineNotifications[N]) => void;

export function answerRequests(connection: MessageConnection, handlers: Handlers, log: Log): void {
  for (const method of Object.keys(handlers) as (keyof EngineRequests)[]) {
    const handle = handlers[method] as (params: unknown) => Promise<unknown>;
    connection.onRequest(method, async (params: unknown) => {
      try {
        return await handle(params);
      } catch (error) {
        if (!(error instanceof StoreError)) log("error", "engine", `${method} failed: ${traceOf(error)}`);
        throw toResponseError(error);
      }
    });
  }
}

/** Sends notifications for as long as somebody listens; the end of the channel is dealt with elsewhere. */
export function notifier(connection: MessageConnection): Notify {
  return (name, params) => {
    if (!process.connected) return;
    connection.sendNotification(name, params).catch(() => undefined);
  };
}

/** A StoreError's sentence is meant for the user and goes as it is; anything else is a bug. */
function toResponseError(error: unknown): ResponseError<EngineErrorData> {
  const isStoreError = error instanceof StoreError;
  const message = isStoreError
    ? error.message
    : "Something went wrong in Playlista itself; the log says more.";
  return new ResponseError(ErrorCodes.InternalError, message, { code: isStoreError ? error.code : "bug" });
}

function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
