/** Finds a window's engine processes from outside, as a task manager would. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ENGINE = join("dist", "engine.js");

/** Ids of the engines whose environment or command line names the window's own `scratch` folder. */
export function findEngines(scratch: string): number[] {
  return existsSync("/proc/self/environ") ? findInProc(scratch) : findByPs(scratch);
}

function findInProc(scratch: string): number[] {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const isOurs = (id: string): boolean => {
    try {
      const command = readFileSync(`/proc/${id}/cmdline`, "utf8");
      return command.includes(ENGINE) && readFileSync(`/proc/${id}/environ`, "utf8").includes(scratch);
    } catch {
      // Ended meanwhile, or another user's.
      return false;
    }
  };
  return ids.filter(isOurs).map(Number);
}

function findByPs(scratch: string): number[] {
  const { stdout } = spawnSync("ps", ["eww", "-ax", "-o", "pid=,command="], { encoding: "utf8" });
  const lines = stdout.split("\n").filter((line) => line.includes(ENGINE) && line.includes(scratch));
  return lines.map((line) => Number.parseInt(line.trim(), 10));
}
