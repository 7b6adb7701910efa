/** What a process and all that it started hold in memory, as Linux counts it; elsewhere it is not known. */
import { readdirSync, readFileSync } from "node:fs";
import type { TreeMemory } from "../../shared/verify";

/** Null where the system has no smaps_rollup. */
export function memoryOfTree(pid: number): TreeMemory | null {
  const parents = parentsOf();
  if (parents === null) return null;
  const total = { pss: 0, rss: 0, processes: 0 };
  for (const id of [...parents.keys()].filter((each) => isBelow(each, pid, parents))) {
    const rollup = read(`/proc/${id}/smaps_rollup`);
    if (rollup === null) continue;
    total.pss += bytesOf("Pss", rollup);
    total.rss += bytesOf("Rss", rollup);
    total.processes++;
  }
  return total.processes === 0 ? null : total;
}

/** The larger of both, value by value. */
export function largerMemory(one: TreeMemory | null, other: TreeMemory | null): TreeMemory | null {
  if (one === null || other === null) return one ?? other;
  return {
    pss: Math.max(one.pss, other.pss),
    rss: Math.max(one.rss, other.rss),
    processes: Math.max(one.processes, other.processes),
  };
}

/** Process → its parent; null where there is no /proc. */
function parentsOf(): Map<number, number> | null {
  if (process.platform !== "linux") return null;
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    // "id (name, which may hold anything) state parent …"
    const parent = /.*\) \S (\d+)/s.exec(read(`/proc/${name}/stat`) ?? "")?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  return parents;
}

function isBelow(id: number, top: number, parents: ReadonlyMap<number, number>): boolean {
  for (let each: number | undefined = id; each !== undefined && each > 1; each = parents.get(each))
    if (each === top) return true;
  return false;
}

function bytesOf(name: string, rollup: string): number {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(rollup)?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

/** Null for a process that has ended, or another user's. */
function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
