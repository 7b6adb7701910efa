/**
 * The first words on a socket, before anything else is understood: the client shows the key and says which protocol
 * it speaks, in one line; the owner answers in one line. Whoever says anything else is hung up on.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Socket } from "node:net";
import { RESULT_SCHEMA } from "../../../shared/analysis";
import { COLUMNS } from "../columns";
import { SCHEMA_VERSION } from "../schema";
import { STORE_METHODS } from "../storeMethods";

/** Raised when what is said on the socket changes in a way that the lists below do not show. */
const PROTOCOL = 1;
const MAX_LINE_BYTES = 1024;
/** For the owner's side: nobody may keep a socket open without a word. */
const CLIENT_WAIT_MS = 5000;
/** For the client's side: an owner that is stopped takes a connection but says nothing. */
const OWNER_WAIT_MS = 3000;

/** The same only for programs that mean the same by what they say. */
const VERSION = createHash("sha256")
  .update(
    JSON.stringify([
      ...[PROTOCOL, SCHEMA_VERSION, RESULT_SCHEMA],
      ...[Object.keys(STORE_METHODS), COLUMNS.map(({ name, kind }) => [name, kind])],
    ]),
  )
  .digest("hex")
  .slice(0, 16);

export type Welcome =
  | "welcome"
  /** Another version of the program. */
  | "otherVersion"
  /** A wrong key. */
  | "refused"
  /** Nothing, or nothing that makes sense. */
  | "silent";

/** The owner's side: reads the client's line and answers it; any answer but "welcome" closes the socket. */
export async function receiveGreeting(socket: Socket, key: string): Promise<Welcome> {
  const line = await readLine(socket, CLIENT_WAIT_MS);
  const answer = line === null ? "silent" : judge(line, key);
  if (answer === "silent") socket.destroy();
  else if (answer === "welcome") socket.write(`${answer}\n`);
  else socket.end(`${answer}\n`);
  return answer;
}

/** The client's side. Any answer but "welcome" closes the socket. */
export async function sendGreeting(socket: Socket, key: string, version = VERSION): Promise<Welcome> {
  socket.write(`${JSON.stringify({ version, key })}\n`);
  const answers: readonly string[] = ["welcome", "otherVersion", "refused"] satisfies Welcome[];
  const line = (await readLine(socket, OWNER_WAIT_MS)) ?? "";
  const answer = answers.includes(line) ? (line as Welcome) : "silent";
  if (answer !== "welcome") socket.destroy();
  return answer;
}

/** The key first: nobody else is told anything. */
function judge(line: string, key: string): Welcome {
  const said = parse(line);
  if (said === null) return "silent";
  if (!isSame(said.key, key)) return "refused";
  return said.version === VERSION ? "welcome" : "otherVersion";
}

function parse(line: string): { version: string; key: string } | null {
  try {
    const { version, key } = JSON.parse(line) as Record<string, unknown>;
    return typeof version === "string" && typeof key === "string" ? { version, key } : null;
  } catch {
    return null;
  }
}

function isSame(said: string, key: string): boolean {
  const [a, b] = [Buffer.from(said), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The first line, or null when there is none in time; the socket is paused then, with nothing read past the line. */
function readLine(socket: Socket, limitMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    let read = Buffer.alloc(0);
    const done = (line: string | null): void => {
      clearTimeout(timer);
      socket.off("data", hear).off("close", fail).off("error", fail).pause();
      resolve(line);
    };
    const fail = (): void => {
      done(null);
    };
    const hear = (bytes: Buffer): void => {
      read = Buffer.concat([read, bytes]);
      const end = read.indexOf("\n");
      if (end >= 0) done(end === read.length - 1 ? read.toString("utf8", 0, end) : null);
      else if (read.length > MAX_LINE_BYTES) done(null);
    };
    const timer = setTimeout(fail, limitMs);
    socket.on("data", hear).on("close", fail).on("error", fail);
  });
}
