/**
 * The owner's ear: a socket for the other processes of the same user. It lets in who shows the key, understands a
 * closed list of methods, and hangs up on all else.
 */
import { randomBytes } from "node:crypto";
import { chmod, rm, writeFile } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import type { MessageConnection } from "vscode-jsonrpc/node.js";
import type { Log } from "../../../shared/log";
import type { StoreChange } from "../storeChange";
import { connectionOver } from "./connectionOver";
import { receiveGreeting } from "./greeting";
import { placeForOwner, removeDeadPlaces, type MeetingPlace } from "./meetingPlace";
import {
  CHANGED,
  checkedParams,
  MAX_QUESTION_BYTES,
  toWireError,
  WIRE_NAMES,
  type Changed,
  type WireName,
} from "./wire";

/** Tells one client from another, for as long as its connection holds. */
export type Peer = object;

export interface OwnerServerOptions {
  database: string;
  /** 16 hexadecimal digits, as in the owner's note. */
  id: string;
  log: Log;
  /** Answers a question with checked parameters. */
  answer: (peer: Peer, name: WireName, params: unknown[]) => Promise<unknown>;
  /** The client's connection has ended. */
  onLeave: (peer: Peer) => void;
}

export class OwnerServer {
  readonly #options: OwnerServerOptions;
  readonly #place: MeetingPlace;
  readonly #key = randomBytes(32).toString("hex");
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #connections = new Set<MessageConnection>();

  private constructor(options: OwnerServerOptions, place: MeetingPlace) {
    this.#options = options;
    this.#place = place;
    this.#server = createServer((socket) => void this.#admit(socket));
  }

  /** Throws NoMeetingPlace, or what the system says. */
  static async listen(options: OwnerServerOptions): Promise<OwnerServer> {
    const server = new OwnerServer(options, await placeForOwner(options.database, options.id));
    await server.#listen();
    return server;
  }

  /** Clients that have shown the key. */
  get clients(): number {
    return this.#connections.size;
  }

  tell(changes: readonly StoreChange[] | null): void {
    for (const connection of this.#connections) {
      // Who has just gone need not know.
      connection
        .sendNotification(CHANGED, (changes ? { changes } : {}) satisfies Changed)
        .catch(() => undefined);
    }
  }

  /** What killed owners left; only the holder of the lock may ask. */
  async removeDeadPlaces(): Promise<void> {
    await removeDeadPlaces(this.#options.database, this.#place);
  }

  /** Hangs up on everybody, who then look for the next owner. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    for (const socket of this.#sockets) socket.destroySoon();
    await rm(this.#place.key, { force: true });
    await closed;
  }

  async #listen(): Promise<void> {
    const { socket, key } = this.#place;
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(socket, () => {
        this.#server.off("error", reject);
        resolve();
      });
    });
    try {
      if (process.platform !== "win32") await chmod(socket, 0o600);
      await writeFile(key, this.#key, { mode: 0o600, flag: "wx" });
    } catch (error) {
      this.#server.close();
      throw error;
    }
    // A client that breaks its end off is seen at its socket.
    this.#server.on("error", (error) => {
      this.#options.log("warn", "store", `the library's socket: ${error.message}`);
    });
  }

  async #admit(socket: Socket): Promise<void> {
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => this.#sockets.delete(socket));
    if ((await receiveGreeting(socket, this.#key)) === "welcome") this.#serve(socket);
  }

  #serve(socket: Socket): void {
    const connection = connectionOver(socket, MAX_QUESTION_BYTES);
    const peer: Peer = {};
    for (const name of WIRE_NAMES) {
      connection.onRequest(name, async (question: unknown) => {
        try {
          return await this.#options.answer(peer, name, checkedParams(name, question));
        } catch (error) {
          throw toWireError(error);
        }
      });
    }
    socket.once("close", () => {
      this.#connections.delete(connection);
      this.#options.onLeave(peer);
    });
    this.#connections.add(connection);
    connection.listen();
    socket.resume();
  }
}
