/** Who is let in at the owner's socket, and what becomes of all else that is sent there. */
import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connectionOver } from "../../../../../src/library/store/sharing/connectionOver";
import { sendGreeting } from "../../../../../src/library/store/sharing/greeting";
import { placeForOwner } from "../../../../../src/library/store/sharing/meetingPlace";
import { OwnerServer } from "../../../../../src/library/store/sharing/OwnerServer";
import { MAX_QUESTION_BYTES } from "../../../../../src/library/store/sharing/wire";
import { makeFolder } from "../../fixtures/someFiles";

const ID = "0123456789abcdef";

async function listen(asked: string[] = []): Promise<{ server: OwnerServer; socket: string; key: string }> {
  const database = join(await makeFolder(), "library.sqlite");
  const answer = (_: object, name: string): Promise<null> => {
    asked.push(name);
    return Promise.resolve(null);
  };
  const server = await OwnerServer.listen({
    ...{ database, id: ID, answer },
    log: () => undefined,
    onLeave: () => undefined,
  });
  onTestFinished(() => server.close());
  const place = await placeForOwner(database, ID);
  return { server, socket: place.socket, key: await readFile(place.key, "utf8") };
}

function open(path: string): Socket {
  const socket = connect(path);
  socket.on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

test("the key lets in, another key or another version does not", async () => {
  const { socket, key } = await listen();
  expect(await sendGreeting(open(socket), "wrong")).toBe("refused");
  expect(await sendGreeting(open(socket), key, "another")).toBe("otherVersion");
  expect(await sendGreeting(open(socket), key)).toBe("welcome");
});

test("whatever bytes come without the key, nothing is asked and the owner goes on", async () => {
  const asked: string[] = [];
  const { server, socket, key } = await listen(asked);
  for (let size = 1; size < 4000; size *= 2) {
    const hostile = open(socket);
    const closed = new Promise((resolve) => hostile.once("close", resolve));
    hostile.end(Buffer.concat([randomBytes(size), Buffer.from("\n")]));
    hostile.resume();
    await closed;
  }
  expect([asked, server.clients]).toEqual([[], 0]);
  expect(await sendGreeting(open(socket), key)).toBe("welcome");
});

test("a client whose message has no end is hung up on, and others are heard", async () => {
  const asked: string[] = [];
  const { server, socket, key } = await listen(asked);
  const endless = open(socket);
  expect(await sendGreeting(endless, key)).toBe("welcome");
  const closed = new Promise((resolve) => endless.once("close", resolve));
  endless.write(`Content-Length: ${2 * MAX_QUESTION_BYTES}\r\n\r\n`);
  endless.write(Buffer.alloc(MAX_QUESTION_BYTES, " "));
  await closed;
  expect(server.clients).toBe(0);
  const other = open(socket);
  expect(await sendGreeting(other, key)).toBe("welcome");
  const connection = connectionOver(other);
  connection.listen();
  other.resume();
  await connection.sendRequest("ping", { params: [] });
  expect(asked).toEqual(["ping"]);
});

test("a folder that others can enter is not used", async () => {
  const runtime = await makeFolder();
  const before = process.env["XDG_RUNTIME_DIR"];
  process.env["XDG_RUNTIME_DIR"] = runtime;
  onTestFinished(() => {
    if (before === undefined) delete process.env["XDG_RUNTIME_DIR"];
    else process.env["XDG_RUNTIME_DIR"] = before;
  });
  const folder = join(runtime, "playlista");
  await mkdir(folder);
  await chmod(folder, 0o755);
  expect((await placeForOwner(join(runtime, "library.sqlite"), ID)).socket).not.toContain(runtime);
  await rm(folder, { recursive: true });
  expect((await placeForOwner(join(runtime, "library.sqlite"), ID)).socket).toContain(folder);
});
