/**
 * How long searches take in a large library: `npm run bench:search -- [TRACKS]`. Each line is a
 * page of 100 with the number of all that is found: CPU time, the median of nine, and the first.
 */
import { search, searchIds } from "../../src/library/store/search/runSearch";
import { manyTracks } from "./search/manyTracks";

const QUERIES = [
  "",
  "bpm:120-128",
  "bpm:120-128 key:~8A",
  "lufs:<-14",
  "lufs:<-14 peak:>-1 sort:-bpm",
  'artist:"Artist 12"',
  "song house",
  "path:album",
  "path:*99*song",
  "genre:jazz -year:1990s",
  "state:failed",
  "sort:-lufs",
  "sort:artist,-year",
  "(key:8A OR key:9B) duration:>3:00 has:tempo sort:key",
  "outdated:yes",
  "similar:777",
];

const root = "/music";
const count = Number(process.argv[2] ?? 100_000);
const filled = performance.now();
const database = await manyTracks(count, root);
console.log(`${count} tracks made in ${((performance.now() - filled) / 1000).toFixed(1)} s`);

for (const query of QUERIES) {
  const times: number[] = [];
  let total = 0;
  for (let round = 0; round < 9; round++) {
    const start = process.cpuUsage();
    const { found } = await search(() => database, root, query, { offset: 0, limit: 100 });
    total = found?.total ?? NaN;
    times.push(since(start));
  }
  const first = times[0] ?? 0;
  const median = times.sort((a, b) => a - b)[4] ?? 0;
  console.log(`${shown(median)} ${shown(first)} first  ${String(total).padStart(7)}  ${query}`);
}
const start = process.cpuUsage();
const { found } = await searchIds(() => database, root, "sort:-bpm");
console.log(`${shown(since(start))} all ${found?.length ?? 0} ids in order of tempo`);

function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function shown(ms: number): string {
  return `${ms.toFixed(1).padStart(8)} ms`;
}
