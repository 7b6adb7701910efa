/** What is measured of each contender, and how. */

export interface Figures {
  /** ms of CPU: from nothing to ready for the first question. */
  open: number;
  /** ms of CPU: the first hundred of a folder. */
  page: number;
  /** ms of CPU: a hundred by tempo and key. */
  search: number;
  /** ms of CPU and of the clock: one result, on disk. */
  save: number;
  saveWall: number;
  /** ms of CPU: the whole database file. */
  snapshot: number;
  /** MB of the process when the library is open. */
  memory: number;
}

/** Median of CPU and of the clock, in ms. */
export async function median(
  times: number,
  work: (i: number) => unknown,
): Promise<{ cpu: number; wall: number }> {
  const cpu: number[] = [];
  const wall: number[] = [];
  for (let i = 0; i < times; i++) {
    const [startedCpu, started] = [process.cpuUsage(), performance.now()];
    await work(i);
    const { user, system } = process.cpuUsage(startedCpu);
    cpu.push((user + system) / 1000);
    wall.push(performance.now() - started);
  }
  return { cpu: middle(cpu), wall: middle(wall) };
}

function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

export function memoryMB(): number {
  return process.memoryUsage.rss() / 1e6;
}
