/**
 * How long searches take in a large library: `npm run bench:search -- [TRACKS]`. What people type, a line each: a page
 * of 100 with the number of all that is found; then every field of the language, asked for in each way that it can be.
 * CPU time: the median of seven, and the first, which reads the columns that it needs. The goal is 30 ms.
 */
import { loadavg } from "node:os";
import type { Database } from "sql.js";
import { applyOperations } from "../../src/library/store/operations";
import { search, searchGroups, searchIds } from "../../src/library/store/search/runSearch";
import { SEARCH_FIELDS, type SearchField } from "../../src/library/store/search/searchFields";
import { GROUPINGS } from "../../src/shared/engineProtocol";
import { manyTracks } from "./search/manyTracks";

const GOAL_MS = 30;
const ROUNDS = 7;

const TYPED = [
  "",
  "bpm:120-128",
  "bpm:120-128 key:~8A",
  "bpm:~~124 key:~8A lufs:<-8 duration:>2:00 year:1990..2010 genre:house",
  "lufs:<-14",
  "lufs:<-14 peak:>-1 sort:-bpm",
  'artist:"Artist 12"',
  "song",
  "song house",
  "-song",
  '"number 7 song" OR techno',
  "path:album",
  "path:*99*song",
  "folder:album ext:flac -path:disk",
  "genre:jazz -year:1990s",
  "tag:=jazz OR tag:soul",
  "state:failed",
  "state:analyzed",
  "warning:yes",
  "missing:noBeat",
  "outdated:yes",
  "analyzed:2026",
  "modified:>2020",
  "sort:-lufs",
  "sort:artist,-year",
  "sort:album,title",
  "sort:key,bpm",
  "flux:>0 centroid:>1000 correlation:>-1 danceability:>0 sort:-flux,crest",
  "(key:8A OR key:9B) duration:>3:00 has:tempo sort:key",
  "NOT (bpm:<100 OR bpm:>140) -has:comment",
  "similar:777",
] as const;

/** What each kind of field is asked for. */
const ASKED: Readonly<Partial<Record<SearchField["kind"], string>>> = {
  number: ">0",
  year: "1990s",
  date: "2020..2027",
  key: "~8A",
  text: "a",
  word: "a",
  boolean: "yes",
};

const root = "/music";
const count = Number(process.argv[2] ?? 100_000);
const filled = performance.now();
const database = await manyTracks(count, root);
const megabytes =
  Number(
    database.exec("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")[0]
      ?.values[0]?.[0],
  ) / 1e6;
const made = ((performance.now() - filled) / 1000).toFixed(1);
console.log(
  `${count} tracks made in ${made} s, ${megabytes.toFixed(0)} MB; load ${loadavg()[0]?.toFixed(1)}`,
);

for (const query of TYPED) {
  const { middle, first, total } = await measure(query);
  console.log(`${shown(middle)} ${shown(first)} first  ${String(total).padStart(7)}  ${query}`);
}
await measureFields();
for (const by of GROUPINGS)
  report(`groups by ${by}`, [await timed(() => searchGroups(() => database, root, "", by))]);
report("page 900 of all by tempo", [await timed(() => page("sort:-bpm", 90_000))]);
report("page 900 of all by title", [await timed(() => page("sort:title", 90_000))]);
const ids = await timed(() => searchIds(() => database, root, "sort:-bpm"));
console.log(
  `${shown(ids.middle)} ${shown(ids.first)} first  the ids of all in order of tempo, as for an export`,
);
await measureAfterChanges(database);
console.log(`memory: ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB; load ${loadavg()[0]?.toFixed(1)}`);

function page(query: string, offset = 0) {
  return search(() => database, root, query, { offset, limit: 100 });
}

async function measure(query: string) {
  let total: number | undefined;
  const times = await timed(async () => {
    const { found, problem } = await page(query);
    if (problem) throw new Error(`${query}: ${problem.message}`);
    total = found.total;
  });
  return { ...times, total, query };
}

/** Every field by its value, by whether there is one, turned round, and as the order. */
async function measureFields(): Promise<void> {
  const fields = Object.values(SEARCH_FIELDS).flat();
  const ways: Record<string, (field: SearchField) => string | null> = {
    value: ({ kind, names: [name], choices: [choice] }) =>
      kind === "choice" && choice
        ? `${name}:${choice}`
        : kind in ASKED
          ? `${name}:${ASKED[kind] ?? ""}`
          : null,
    negated: ({ kind, names: [name] }) => (kind in ASKED ? `-${name}:${ASKED[kind] ?? ""}` : null),
    has: ({ column, names: [name] }) => (column ? `has:${name}` : null),
    sort: ({ column, kind, names: [name] }) => (column && kind !== "list" ? `sort:-${name}` : null),
  };
  for (const [way, queryOf] of Object.entries(ways)) {
    const queries = fields.map(queryOf).filter((query) => query !== null);
    const times = [];
    for (const query of queries) times.push(await measure(query));
    report(`${queries.length} fields by ${way}`, times);
  }
}

/** A search after each change takes the change in. */
async function measureAfterChanges(changing: Database): Promise<void> {
  for (const query of ["bpm:120-128 key:~8A", "sort:-lufs", "song house", "sort:title", "similar:777"]) {
    let tempo = 100;
    const change = (path: string) => {
      applyOperations(changing, [
        {
          kind: "put",
          table: "tracks",
          row: { path, rhythm_tempo: (tempo += 0.01), tags_title: `New ${tempo}` },
        },
      ]);
    };
    report(`after a change: ${query}`, [
      await timed(
        () => page(query),
        () => {
          change("Artist 1/Album 1/1 Song.flac");
        },
      ),
    ]);
  }
}

async function timed(work: () => Promise<unknown>, before?: () => void) {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    before?.();
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  const first = times[0] ?? NaN;
  return { first, middle: times.sort((a, b) => a - b)[ROUNDS >> 1] ?? NaN, query: "" };
}

function report(what: string, times: readonly { middle: number; first: number; query: string }[]): void {
  const slowest = [...times].sort((a, b) => b.middle - a.middle)[0];
  const first = [...times].sort((a, b) => b.first - a.first)[0];
  if (!slowest || !first) return;
  const verdict = slowest.middle <= GOAL_MS ? "PASS" : "missed";
  const late = times.length > 1 ? `  (${slowest.query}; first: ${first.query})` : "";
  console.log(`${shown(slowest.middle)} ${shown(first.first)} first  ${verdict}  ${what}${late}`);
}

function shown(ms: number): string {
  return `${ms.toFixed(1).padStart(8)} ms`;
}
