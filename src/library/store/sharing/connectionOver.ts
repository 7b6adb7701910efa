/** JSON-RPC over a socket. Whatever goes wrong on it ends the socket, and that is dealt with in one place: its close. */
import {
  createMessageConnection,
  SocketMessageReader,
  SocketMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageConnection,
} from "vscode-jsonrpc/node.js";
import type { Socket } from "node:net";

/**
 * Not listening yet; disposed, with all that waits for an answer, when the socket has closed. A message of more than
 * `maxBytes` ends the socket before it is read to its end.
 */
export function connectionOver(socket: Socket, maxBytes = Infinity): MessageConnection {
  const reader = new LimitedReader(socket, maxBytes);
  const connection = createMessageConnection(reader, new EndingWriter(socket));
  // What can't be understood ends the connection: there is no telling where the next message begins.
  connection.onError(() => socket.destroy());
  socket.once("close", () => {
    connection.dispose();
  });
  return connection;
}

/** Counts what has come since the last whole message: a reader keeps all of it in memory. */
class LimitedReader extends SocketMessageReader {
  readonly #socket: Socket;
  readonly #maxBytes: number;
  #unread = 0;

  constructor(socket: Socket, maxBytes: number) {
    super(socket, "utf-8");
    this.#socket = socket;
    this.#maxBytes = maxBytes;
    // Half a message at the socket's end would start this timer again for ever, and keep the process alive.
    this.partialMessageTimeout = 0;
  }

  override listen(callback: DataCallback): Disposable {
    this.#socket.on("data", ({ length }: Buffer) => {
      this.#unread += length;
      if (this.#unread > this.#maxBytes) this.#socket.destroy();
    });
    return super.listen((message) => {
      this.#unread = 0;
      callback(message);
    });
  }
}

/** A failed write rejects inside vscode-jsonrpc where nobody can catch it. */
class EndingWriter extends SocketMessageWriter {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    super(socket, "utf-8");
    this.#socket = socket;
  }

  override async write(message: Message): Promise<void> {
    try {
      await super.write(message);
    } catch {
      this.#socket.destroy();
    }
  }
}
