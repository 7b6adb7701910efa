/** How CPU time is taken: of work in this process, and of a program of the machine. */
import { spawnSync } from "node:child_process";

/** What one piece of work took. */
export interface Cost {
  /** ms of CPU, of all threads. */
  cpuMs: number;
  /** Highest resident memory of the process, MB. */
  peakMB: number;
}

/** CPU and memory of `work` in this process, which should do nothing else. */
export async function costOf(work: () => unknown): Promise<Cost> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, peakMB: process.resourceUsage().maxRSS / 1000 };
}

/** User and system time of a program, by the shell's own clock of its children; null when it is not there or fails. */
export function costOfProgram(program: string, args: readonly string[]): Cost | null {
  const script = '"$@" >/dev/null 2>&1 && times';
  const { status, stdout } = spawnSync("sh", ["-c", script, "sh", program, ...args], { encoding: "utf8" });
  if (status !== 0) return null;
  // The second line is that of the children: "0m1.25s 0m0.03s".
  const children = stdout.split("\n")[1] ?? "";
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => 60 * Number(m) + Number(s));
  const cpuMs = 1000 * seconds.reduce((sum, value) => sum + value, 0);
  return { cpuMs, peakMB: NaN };
}
