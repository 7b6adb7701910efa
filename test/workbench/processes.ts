/** Child processes of the tests: run to their end, or kept in a group of their own that is ended as a whole. */
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from "node:child_process";

/** Variables of a surrounding test runner, npm script or editor, which would change what a child does. */
const FOREIGN =
  /^(npm_(?!config_(registry|userconfig|globalconfig|cache|cafile|.*proxy)$)|VITEST|VSCODE_|ELECTRON_)/i;

/** This process' environment without what belongs to the tools around it, plus `extra`. */
export function cleanEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !FOREIGN.test(name) && name !== "NODE_OPTIONS" && name !== "NODE_ENV",
  );
  return { ...Object.fromEntries(own), ...extra };
}

/** True when the command ran and ended with 0; its output is the user's to see unless `quiet`. */
export function succeeds(
  command: string,
  args: string[],
  options: { cwd?: string; quiet?: boolean } = {},
): boolean {
  const { status } = spawnSync(command, args, {
    cwd: options.cwd,
    env: cleanEnvironment({ DEBIAN_FRONTEND: "noninteractive" }),
    stdio: options.quiet ? "ignore" : ["ignore", "inherit", "inherit"],
  });
  return status === 0;
}

/** A child that leads a process group, so that {@link endGroup} ends all it started. */
export function spawnGroup(command: string, args: string[], options: SpawnOptions): ChildProcess {
  return spawn(command, args, { ...options, detached: process.platform !== "win32" });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // Already gone is what we want.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Asks the child's group to end, and after `graceMs` makes it. Resolves when the child is gone. */
export async function endGroup(child: ChildProcess, graceMs = 3000): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else
      child.once("exit", () => {
        resolve();
      });
  });
  signalGroup(child, "SIGTERM");
  const timer = setTimeout(() => {
    signalGroup(child, "SIGKILL");
  }, graceMs);
  await gone;
  clearTimeout(timer);
  // The leader is gone; a straggler of its group may not be.
  signalGroup(child, "SIGKILL");
}
