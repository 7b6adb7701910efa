/**
 * Entry of the engine process, which the extension host forks. It ends with its channel: when the host goes,
 * runs are cancelled and what is done is saved. An uncaught error ends it with a trace on stderr and a status
 * other than 0, upon which the host starts another.
 */
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from "vscode-jsonrpc/node";
import { ParallelAnalyzer } from "../library/queue/ParallelAnalyzer";
import type { Log } from "../shared/log";
import { EngineService } from "./EngineService";
import { answerRequests, notifier } from "./rpc";

/** The host waits less than this before it kills; without a host nobody else would end a run that hangs. */
const STOP_LIMIT_MS = 10_000;

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
const notify = notifier(connection);
const log: Log = (level, scope, message) => {
  notify("log", { level, scope, message });
};
const service = new EngineService({
  analyzer: new ParallelAnalyzer({ isBackground: true, log }),
  notify,
  log,
});

answerRequests(connection, service.handlers, log);

process.once("disconnect", () => {
  setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
  void service.stop().then(() => process.exit(0));
});

connection.listen();
