/** JSON-RPC over a socket. Whatever goes wrong on it ends the socket, and that is dealt with in one place: its close. */
import {
  createMessageConnection,
  SocketMessageReader,
  SocketMessageWriter,
  type Message,
  type MessageConnection,
} from "vscode-jsonrpc/node.js";
import type { Socket } from "node:net";

/** Not listening yet; disposed, with all that waits for an answer, when the socket has closed. */
export function connectionOver(socket: Socket): MessageConnection {
  const connection = createMessageConnection(new SocketMessageReader(socket), new EndingWriter(socket));
  // What can't be understood ends the connection: there is no telling where the next message begins.
  connection.onError(() => socket.destroy());
  socket.once("close", () => {
    connection.dispose();
  });
  return connection;
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
