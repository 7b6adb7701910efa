/**
 * The engine as the window sees it: forked at the first request, started again when it dies (within a limit),
 * ended with the window. Requests that were under way when it died reject with EngineStoppedError; what to
 * tell the user is decided by who listens to onDidTurn.
 */
import type { EngineNotifications, EngineRequests } from "../../shared/engineProtocol";
import type { Log } from "../../shared/log";
import type { Disposable } from "../../shared/DisposableStore";
import type { EngineProcess } from "./EngineProcess";
import { EngineStoppedError } from "./EngineStoppedError";
import { RestartLimit } from "./RestartLimit";

export interface EngineClientOptions {
  modulePath: string;
  log: Log;
}

/**
 * What became of an engine that ended unexpectedly: it was started again by itself; or it died too often and
 * stays stopped; or the user had it started again after that.
 */
export type EngineTurn = "restarted" | "givenUp" | "startedAgain";

type Listeners = { [N in keyof EngineNotifications]: Set<(params: EngineNotifications[N]) => void> };

export class EngineClient {
  readonly #options: EngineClientOptions;
  readonly #limit = new RestartLimit();
  readonly #listeners: Listeners = {
    runProgress: new Set(),
    trackChanged: new Set(),
    storeChanged: new Set(),
    verifyProgress: new Set(),
    importProgress: new Set(),
    log: new Set(),
  };
  readonly #turnListeners = new Set<(turn: EngineTurn) => void>();
  /** The life that goes on or is just beginning, null in it when it could not begin; only one at a time. */
  #process: Promise<EngineProcess | null> | null = null;
  /** Closed with the window, or given up after too many deaths. */
  #isClosed = false;
  #isGivenUp = false;

  constructor(options: EngineClientOptions) {
    this.#options = options;
  }

  /** True while a process lives: asking it costs no start. */
  get isRunning(): boolean {
    return this.#process !== null;
  }

  /** Asks the engine, starting it if need be; rejects with {@link EngineStoppedError} when it dies first. */
  async request<M extends keyof EngineRequests>(
    method: M,
    params: EngineRequests[M]["params"],
  ): Promise<EngineRequests[M]["result"]> {
    if (this.#isClosed || this.#isGivenUp) throw new EngineStoppedError();
    const process = await (this.#process ??= this.#start());
    if (!process) throw new EngineStoppedError();
    return process.request(method, params);
  }

  /** Hears one kind of notification over all lives of the engine. */
  onNotification<N extends keyof EngineNotifications>(
    name: N,
    listener: (params: EngineNotifications[N]) => void,
  ): Disposable {
    this.#listeners[name].add(listener);
    return { dispose: () => this.#listeners[name].delete(listener) };
  }

  /** Hears of each unexpected end, and of the user's new start. */
  onDidTurn(listener: (turn: EngineTurn) => void): Disposable {
    this.#turnListeners.add(listener);
    return { dispose: () => this.#turnListeners.delete(listener) };
  }

  /** Another try after the engine was given up. */
  startAgain(): void {
    this.#limit.reset();
    this.#isGivenUp = false;
    if (this.#isClosed) return;
    this.#process ??= this.#start();
    this.#tellTurn("startedAgain");
  }

  /** Ends the engine; resolves when it is gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await (await this.#process)?.stop();
  }

  /** A start that fails (no memory, say) counts as an end, so that it is tried again within the limit. */
  async #start(): Promise<EngineProcess | null> {
    try {
      return await this.#fork();
    } catch (error) {
      this.#stopped(`could not be started: ${String(error)}`);
      return null;
    }
  }

  async #fork(): Promise<EngineProcess> {
    // Loaded with the first need: a window that never analyses pays nothing for it.
    const { EngineProcess } = await import("./EngineProcess");
    const { log, modulePath } = this.#options;
    const started = new EngineProcess({
      modulePath,
      log,
      onExit: (reason) => {
        this.#stopped(reason);
      },
    });
    started.onNotification("runProgress", (progress) => {
      this.#tell("runProgress", progress);
    });
    started.onNotification("trackChanged", (change) => {
      this.#tell("trackChanged", change);
    });
    started.onNotification("storeChanged", (change) => {
      this.#tell("storeChanged", change);
    });
    started.onNotification("verifyProgress", (progress) => {
      this.#tell("verifyProgress", progress);
    });
    started.onNotification("importProgress", (progress) => {
      this.#tell("importProgress", progress);
    });
    started.onNotification("log", (line) => {
      this.#tell("log", line);
    });
    return started;
  }

  #tell<N extends keyof EngineNotifications>(name: N, params: EngineNotifications[N]): void {
    for (const listener of this.#listeners[name]) listener(params);
  }

  #stopped(reason: string): void {
    this.#process = null;
    if (this.#isClosed) return;
    this.#options.log("error", "host", `the engine ${reason}`);
    this.#isGivenUp = !this.#limit.take(Date.now());
    if (!this.#isGivenUp) this.#process = this.#start();
    this.#tellTurn(this.#isGivenUp ? "givenUp" : "restarted");
  }

  #tellTurn(turn: EngineTurn): void {
    for (const listener of this.#turnListeners) listener(turn);
  }
}
