/** Analysis can wait: the editor, and whatever else the user does, goes first. */
import { readlinkSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { basename } from "node:path";
import { isMainThread } from "node:worker_threads";

const THIS_PROCESS = 0;

/** Lowers this process, or on Linux this thread alone: other systems know no priority of one thread from here. */
export function lowerPriority(): void {
  if (!isMainThread && process.platform !== "linux") return;
  try {
    const id = isMainThread ? THIS_PROCESS : Number(basename(readlinkSync("/proc/thread-self")));
    setPriority(id, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A system that does not allow it loses nothing but the courtesy.
  }
}
