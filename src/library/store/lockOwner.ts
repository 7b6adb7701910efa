/** The note beside a lock: who has it. Anyone may have written it, so only what is as we write it counts. */

/** Who writes, as a second process will read it. */
export type StoreUser = "window" | "command line";

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
}

const USERS: readonly unknown[] = ["window", "command line"] satisfies StoreUser[];

/** The owner that a note tells, or null for what is no note of ours; throws for what is no JSON. */
export function parseOwner(note: string): Owner | null {
  const owner = JSON.parse(note) as Partial<Record<keyof Owner, unknown>> | null;
  if (typeof owner !== "object" || owner === null) return null;
  const { pid, what, host, pidNamespace, since, token, lockFolder } = owner;
  if (!Number.isSafeInteger(pid) || (pid as number) <= 0 || !USERS.includes(what)) return null;
  const isWhole = [host, pidNamespace, since, token, lockFolder].every((text) => typeof text === "string");
  return isWhole && isPlain(host as string) ? (owner as Owner) : null;
}

/** It is shown: no control characters, none that turn the text around, and no longer than a host's name can be. */
function isPlain(host: string): boolean {
  return host.length <= 255 && !/\p{C}/u.test(host);
}
