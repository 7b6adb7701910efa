/**
 * The seat of a process that asks the owner over its socket. A put writes its view by itself, into the shared folder,
 * and sends only the row. An owner that does not answer for a while is told of, and waited for.
 */
import { readFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { ResponseError, type MessageConnection } from "vscode-jsonrpc/node.js";
import type { Analysis } from "../../../shared/analysis";
import type { AnalysisAnswer } from "../../../shared/job";
import type { ChangeListener } from "../storeChange";
import { orCannotWrite } from "../storeFailures";
import type { StoreFiles } from "../StoreFiles";
import type { AnswerOf, MethodName, ParamsOf } from "../storeMethods";
import { writeView } from "../views";
import { connectionOver } from "./connectionOver";
import { sendGreeting, type Welcome } from "./greeting";
import { placesOfOwner } from "./meetingPlace";
import type { WriterSeat } from "./Seat";
import {
  CHANGED,
  checkSize,
  fromWireError,
  OwnerGone,
  type Changed,
  type WireAnswer,
  type WireName,
  type WireParams,
} from "./wire";

/** Silence while a question waits that is worth telling. */
const SILENCE_MS = 3000;
const WATCH_MS = 500;

export interface ClientSeatOptions {
  files: StoreFiles;
  /** The number in the owner's note. */
  id: string;
  onChange: ChangeListener;
  /** The connection has ended. */
  onGone: () => void;
  /** Told each half second while the owner leaves a question without an answer, and once when it answers again. */
  onSilence: (isSilent: boolean) => void;
}

/** Why there is no seat; "unreachable": there is no such socket for this process. */
export type NoSeat = Exclude<Welcome, "welcome"> | "unreachable";

export class ClientSeat implements WriterSeat {
  readonly #options: ClientSeatOptions;
  readonly #socket: Socket;
  readonly #connection: MessageConnection;
  readonly #closed: Promise<void>;
  #isUsable = true;
  #holds = 0;
  #waiting = 0;
  #heardAt = 0;
  #isSilent = false;
  #watch: NodeJS.Timeout | undefined;
  #folders: Promise<void> | undefined;

  private constructor(socket: Socket, options: ClientSeatOptions) {
    this.#options = options;
    this.#socket = socket;
    this.#connection = connectionOver(socket);
    this.#closed = new Promise((resolve) => {
      socket.once("close", () => {
        this.#end();
        resolve();
      });
    });
    socket.on("error", () => undefined);
    socket.on("data", () => {
      this.#heardAt = performance.now();
    });
    this.#connection.onNotification(CHANGED, ({ changes }: Changed) => {
      options.onChange(changes ?? null);
    });
    this.#connection.listen();
    socket.resume();
  }

  static async connect(options: ClientSeatOptions): Promise<ClientSeat | NoSeat> {
    for (const { socket: path, key } of await placesOfOwner(options.files.database, options.id)) {
      const secret = await readFile(key, "utf8").catch(() => null);
      const socket = secret === null ? null : await open(path);
      if (secret === null || socket === null) continue;
      const welcome = await sendGreeting(socket, secret);
      return welcome === "welcome" ? new ClientSeat(socket, options) : welcome;
    }
    return "unreachable";
  }

  get isUsable(): boolean {
    return this.#isUsable;
  }

  ask<M extends MethodName>(name: M, params: ParamsOf<M>): Promise<AnswerOf<M>> {
    return this.#ask(name, ...(params as WireParams<M>));
  }

  async claim(path: string, signal: AbortSignal): Promise<(() => void) | null> {
    const hold = ++this.#holds;
    const release = (): void => {
      // An owner that has gone holds nothing any more.
      this.#ask("giveUp", hold).catch(() => undefined);
    };
    signal.addEventListener("abort", release, { once: true });
    await this.#ask("claim", hold, path).finally(() => {
      signal.removeEventListener("abort", release);
    });
    return signal.aborted ? null : release;
  }

  async put({ analysis, view }: AnalysisAnswer, isRepeated: boolean): Promise<Analysis> {
    const hold = ++this.#holds;
    const sha256 = analysis.file?.sha256;
    if (view && sha256) await this.#writeView(hold, sha256, view);
    // Where a result goes on over time lies in the view.
    const kept = await this.#ask("keep", hold, { ...analysis, segments: null }, isRepeated);
    return { ...kept, segments: analysis.segments };
  }

  async settle(): Promise<void> {
    await this.#ask("settle");
  }

  /** Hangs up at once: what waits for an answer is asked of the next owner. */
  async close(): Promise<void> {
    this.#socket.destroy();
    await this.#closed;
  }

  /** The owner must not clear away what the row is about to name. */
  async #writeView(hold: number, sha256: string, view: Uint8Array): Promise<void> {
    const { files } = this.#options;
    await this.#ask("expectView", hold);
    try {
      await orCannotWrite(files.folder, async () => {
        await (this.#folders ??= files.make());
        await writeView(files, sha256, view);
      });
    } catch (error) {
      await this.#ask("giveUp", hold);
      throw error;
    }
  }

  async #ask<M extends WireName>(name: M, ...params: WireParams<M>): Promise<WireAnswer<M>> {
    if (!this.#isUsable) throw new OwnerGone("The connection has ended.");
    checkSize(name, params);
    this.#beginWaiting();
    try {
      return await this.#connection.sendRequest<WireAnswer<M>>(name, { params });
    } catch (error) {
      const isAnswer = error instanceof ResponseError && this.isUsable;
      const told = isAnswer ? fromWireError(error) : new OwnerGone("The owner has gone.", { cause: error });
      // An owner that leaves hangs up when its lock is free.
      if (told instanceof OwnerGone) await this.#closed;
      throw told;
    } finally {
      this.#endWaiting();
    }
  }

  #beginWaiting(): void {
    if (++this.#waiting > 1) return;
    this.#heardAt = performance.now();
    this.#watch = setInterval(() => {
      this.#connection.sendRequest("ping", { params: [] }).catch(() => undefined);
      const isSilent = performance.now() - this.#heardAt > SILENCE_MS;
      if (isSilent || this.#isSilent) this.#options.onSilence(isSilent);
      this.#isSilent = isSilent;
    }, WATCH_MS);
  }

  #endWaiting(): void {
    if (--this.#waiting > 0) return;
    clearInterval(this.#watch);
    if (this.#isSilent) this.#options.onSilence(false);
    this.#isSilent = false;
  }

  /** Ends the waiting of whoever has asked. */
  #end(): void {
    this.#isUsable = false;
    this.#options.onGone();
  }
}

function open(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("error", () => {
      resolve(null);
    });
    socket.once("connect", () => {
      resolve(socket);
    });
  });
}
