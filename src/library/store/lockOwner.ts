/** The note beside a lock: who has it. Anyone may have written it, so only what is as we write it counts. */
import { randomUUID } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Who writes, as a second process will read it. */
export type StoreUser = "window" | "command line";

/** What a process says of itself when it takes the lock. */
export interface LockHolder {
  user: StoreUser;
  /** Names the socket on which it answers others (sharing/meetingPlace.ts); absent: it does not. */
  socket?: string | undefined;
}

export interface Owner {
  pid: number;
  host: string;
  /** Two containers may share a host name but not each other's process ids. */
  pidNamespace: string;
  what: StoreUser;
  since: string;
  /** Tells this hold from any other. */
  token: string;
  /** Tells this lock folder from any other of its name. */
  lockFolder: string;
  /** 16 hexadecimal digits: never a path, since the note may be anyone's. */
  socket?: string | undefined;
}

const SOCKET = /^[0-9a-f]{16}$/;

const USERS: readonly unknown[] = ["window", "command line"] satisfies StoreUser[];

/** The owner that a note tells, or null for what is no note of ours; throws for what is no JSON. */
export function parseOwner(note: string): Owner | null {
  const owner = JSON.parse(note) as Partial<Record<keyof Owner, unknown>> | null;
  if (typeof owner !== "object" || owner === null) return null;
  const { pid, what, host, pidNamespace, since, token, lockFolder, socket } = owner;
  if (!Number.isSafeInteger(pid) || (pid as number) <= 0 || !USERS.includes(what)) return null;
  const isWhole = [host, pidNamespace, since, token, lockFolder].every((text) => typeof text === "string");
  if (socket !== undefined && !(typeof socket === "string" && SOCKET.test(socket))) return null;
  return isWhole && isPlain(host as string) ? (owner as Owner) : null;
}

/** This process's note; its lock folder is known once it is made. */
export function describeSelf({ user, socket }: LockHolder): Omit<Owner, "lockFolder"> {
  return {
    pid: process.pid,
    host: hostname(),
    pidNamespace: pidNamespace(),
    what: user,
    since: new Date().toISOString(),
    token: randomUUID(),
    socket,
  };
}

/** True only when the owner ran here and certainly runs no more. */
export function isGone(owner: Owner): boolean {
  if (owner.host !== hostname() || owner.pidNamespace !== pidNamespace()) return false;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** An owner as a sentence names it; null: nobody has said who it is. */
export function nameOf(owner: Owner | null): string {
  if (owner === null) return "another process";
  const place = owner.host === hostname() ? "" : ` on ${owner.host}`;
  const name = owner.what === "window" ? "a VS Code window" : "the command line";
  return `${name} (process ${owner.pid}${place})`;
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

/** It is shown: no control characters, none that turn the text around, and no longer than a host's name can be. */
function isPlain(host: string): boolean {
  return host.length <= 255 && !/\p{C}/u.test(host);
}
