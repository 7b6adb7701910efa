/** What is measured of each contender, and how. */

/** CPU and clock of one thing done often, in ms. */
export interface Times {
  cpu: number;
  clock: number;
  /** By the clock: 95 of 100 are quicker. */
  clock95: number;
  longest: number;
  /** By the clock: the median of the quietest hundred in a row, where others use the machine. */
  quietest: number;
}

export interface Figures {
  /** From nothing to ready for the first question. */
  open: Times;
  /** The first hundred of a folder. */
  page: Times;
  /** A hundred by tempo and key. */
  search: Times;
  /** One result, on disk. */
  save: Times;
  /** The whole database file. */
  snapshot: Times;
  /** MB of the process when the library is open and was searched. */
  memory: number;
}

/** Medians. */
export async function timesOf(rounds: number, work: (i: number) => unknown): Promise<Times> {
  const cpu: number[] = [];
  const clock: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const [startedCpu, started] = [process.cpuUsage(), performance.now()];
    await work(i);
    const { user, system } = process.cpuUsage(startedCpu);
    cpu.push((user + system) / 1000);
    clock.push(performance.now() - started);
  }
  const hundreds = Array.from({ length: Math.ceil(rounds / 100) }, (_, at) =>
    clock.slice(at * 100, at * 100 + 100),
  );
  const quietest = Math.min(...hundreds.map((some) => shareOf(some, 0.5)));
  const [middle, most] = [shareOf(clock, 0.5), shareOf(clock, 0.95)];
  return { cpu: shareOf(cpu, 0.5), clock: middle, clock95: most, quietest, longest: Math.max(...clock) };
}

function shareOf(values: number[], share: number): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;
}

export function memoryMB(): number {
  return process.memoryUsage.rss() / 1e6;
}
