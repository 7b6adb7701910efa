import { connect, createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { afterEach, expect, test, vi } from "vitest";
import { connectionOver } from "../../../../../src/library/store/sharing/connectionOver";

afterEach(() => {
  vi.useRealTimers();
});

test("a socket that ends within a message leaves nothing behind that keeps the process alive", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "setInterval"] });
  const server = createServer((socket) => socket.end('Content-Length: 100\r\n\r\n{"jsonrpc"')).listen(0);
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port);
  const connection = connectionOver(socket);
  connection.listen();
  await once(socket, "close");
  expect(socket.bytesRead).toBeGreaterThan(0);
  expect(vi.getTimerCount()).toBe(0);
  server.close();
});
