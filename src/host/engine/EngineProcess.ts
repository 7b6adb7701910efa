/**
 * One life of the engine: the forked child and its JSON-RPC connection. Knows nothing of restarts. Free of
 * `vscode`, so that tests can fork a real one.
 */
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from "vscode-jsonrpc/node";
import type { MessageConnection } from "vscode-jsonrpc/node";
import type { EngineNotifications, EngineRequests } from "../../shared/engineProtocol";
import type { Log } from "../../shared/log";
import { WORK_ENVIRONMENT, WORK_FLAGS } from "../../shared/nodeStart";
import { EngineStoppedError } from "./EngineStoppedError";

/** How long an engine may take to save and end before it is killed. */
const GRACE_MS = 3000;

export interface EngineProcessOptions {
  /** The built engine file. */
  modulePath: string;
  log: Log;
  /** Called once, when the process has ended, with what is known of why. */
  onExit: (reason: string) => void;
}

export class EngineProcess {
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #log: Log;
  readonly #exited: Promise<void>;
  #hasExited = false;

  constructor(options: EngineProcessOptions) {
    this.#log = options.log;
    this.#child = fork(options.modulePath, [], {
      execArgv: [...WORK_FLAGS],
      // Structured clone: bytes pass as bytes.
      serialization: "advanced",
      silent: true,
      env: {
        ...WORK_ENVIRONMENT,
        ...process.env,
        // In desktop VS Code the executable is Electron; this makes it plain Node.
        ELECTRON_RUN_AS_NODE: "1",
      },
    });
    this.#forwardOutput();
    this.#connection = createMessageConnection(
      new IPCMessageReader(this.#child),
      new IPCMessageWriter(this.#child),
    );
    // A channel that breaks ends in the process's exit, which is dealt with once, there.
    this.#connection.onError(([error]) => {
      this.#log("debug", "host", `engine channel: ${error.message}`);
    });
    this.#connection.listen();
    this.#exited = new Promise((resolve) => {
      const ended = (reason: string): void => {
        if (this.#hasExited) return;
        this.#hasExited = true;
        this.#connection.dispose();
        resolve();
        options.onExit(reason);
      };
      this.#child.once("exit", (code, signal) => {
        ended(signal ? `ended by ${signal}` : `ended with code ${String(code)}`);
      });
      this.#child.once("error", (error) => {
        ended(`could not be started: ${error.message}`);
      });
    });
    this.#log("debug", "host", `engine started as process ${String(this.#child.pid)}`);
  }

  /** Asks the engine; rejects with {@link EngineStoppedError} when it ends first. */
  async request<M extends keyof EngineRequests>(
    method: M,
    params: EngineRequests[M]["params"],
  ): Promise<EngineRequests[M]["result"]> {
    try {
      return await this.#connection.sendRequest<EngineRequests[M]["result"]>(method, params);
    } catch (error) {
      // The channel can break a moment before the exit is known; a failed answer comes over a whole channel.
      if (this.#hasExited || !this.#child.connected) throw new EngineStoppedError({ cause: error });
      throw error;
    }
  }

  /** Hears one kind of the engine's notifications for the whole life of this process. */
  onNotification<N extends keyof EngineNotifications>(
    name: N,
    listener: (params: EngineNotifications[N]) => void,
  ): void {
    this.#connection.onNotification(name, listener);
  }

  /** Closes the channel, on which the engine saves and ends; kills it after a grace time. */
  async stop(): Promise<void> {
    if (this.#hasExited) return;
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), GRACE_MS);
    if (this.#child.connected) this.#child.disconnect();
    await this.#exited;
    clearTimeout(timer);
  }

  /** What is written past the log (a runtime's last words, a warning of Node) goes to the log as well. */
  #forwardOutput(): void {
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on("line", (line) => {
        this.#log("warn", "engine", line);
      });
    }
  }
}
