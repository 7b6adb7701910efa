/** Answers a query: one page of tracks with the number of all, or the ids of all in their order. */
import type { Database } from "sql.js";
import type { Grouping, SearchAnswer, SearchPage, TrackGroup } from "../../../shared/engineProtocol";
import { selectRowsByIds } from "../trackQueries";
import { asksForGone, type LookedUp } from "./specialConditions";
import { buildSearch, fieldsOf, type Search } from "./buildSearch";
import { selectGroups } from "./groups";
import { goneTracks } from "./goneTracks";
import { parseQuery } from "./parseQuery";
import { QueryError } from "./QueryError";
import type { FieldValue, QueryNode } from "./queryTree";
import { inOrder } from "./order";
import { nearestTo } from "./similar";
import { trackTable, type TrackTable } from "./TrackTable";

/** How many tracks `similar:` finds. */
const SIMILAR = 50;

/** Asked for before each use: another process' change replaces it. */
type CurrentDatabase = () => Database;

/** One page of what a query finds among what `within` does, or what is wrong with the query. */
export async function search(
  current: CurrentDatabase,
  root: string,
  query: string,
  page: { offset: number; limit: number; within?: string },
): Promise<SearchAnswer<SearchPage>> {
  return orProblem(async () => {
    const prepared = await prepareSearch(current, root, query, page.within);
    return selectPage(current(), root, prepared, page);
  });
}

/** The ids of all that a query finds, in their order, or what is wrong with the query. */
export async function searchIds(
  current: CurrentDatabase,
  root: string,
  query: string,
): Promise<SearchAnswer<number[]>> {
  return orProblem(async () => {
    const prepared = await prepareSearch(current, root, query);
    return selectIds(current(), prepared);
  });
}

/** The groups of what a query finds, or what is wrong with the query. */
export async function searchGroups(
  current: CurrentDatabase,
  root: string,
  query: string,
  by: Grouping,
): Promise<SearchAnswer<TrackGroup[]>> {
  return orProblem(async () => {
    const { where } = await prepareSearch(current, root, query);
    const table = trackTable(current());
    return selectGroups(table, where(table), by);
  });
}

async function orProblem<T>(answer: () => Promise<T>): Promise<SearchAnswer<T>> {
  try {
    return { found: await answer(), problem: null };
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const { message, at, length } = error;
    return { found: null, problem: { message, at, length } };
  }
}

async function prepareSearch(
  current: CurrentDatabase,
  root: string,
  query: string,
  within = "",
): Promise<Search> {
  const tree = both(parseQuery(query), parseQuery(within));
  // Before any look at the disk: a mistake is told at once.
  buildSearch(tree, { gone: [], similar: new Map() });
  return buildSearch(tree, await lookUp(current(), root, tree));
}

function selectPage(
  database: Database,
  root: string,
  { where, order }: Search,
  { offset, limit }: { offset: number; limit: number },
): SearchPage {
  const table = trackTable(database);
  const mask = where(table);
  const slots = inOrder(table, mask, order, offset, offset + limit);
  let total = 0;
  for (const one of mask) total += one;
  return { total, tracks: selectRowsByIds(database, root, idsOf(table, slots)) };
}

function selectIds(database: Database, { where, order }: Search): number[] {
  const table = trackTable(database);
  return idsOf(table, inOrder(table, where(table), order));
}

function idsOf({ slots: { ids } }: TrackTable, slots: Int32Array): number[] {
  return Array.from(slots, (slot) => ids[slot] ?? NaN);
}

/** The parts of the first stay beside each other: `sort:` may be among them. */
function both(first: QueryNode | null, second: QueryNode | null): QueryNode | null {
  if (first === null || second === null) return first ?? second;
  return { kind: "all", parts: [...(first.kind === "all" ? first.parts : [first]), second] };
}

async function lookUp(database: Database, root: string, tree: QueryNode | null): Promise<LookedUp> {
  const fields = fieldsOf(tree);
  const similar = fields
    .filter(({ name }) => name.toLowerCase() === "similar")
    .flatMap(({ values }) => values)
    .map((value): [FieldValue, number[]] => [value, similarIds(database, value)]);
  const gone = fields.some(asksForGone) ? await goneTracks(database, root) : [];
  return { gone: gone.map(({ id }) => id), similar: new Map(similar) };
}

function similarIds(database: Database, value: FieldValue): number[] {
  const nearest = nearestTo(database, seedOf(database, value), SIMILAR);
  if (nearest) return nearest.map(({ id }) => id);
  throw new QueryError(`"${value.text}" has no timbre that could be compared.`, value);
}

/** The one track whose path is, or else ends in or has, the text: of several the shortest. */
function seedOf(database: Database, value: FieldValue): number {
  const text = value.text.replaceAll("\\", "/").toLowerCase();
  const table = trackTable(database);
  const paths = table.paths();
  const rankOf = (path: string): number => (path === text ? 0 : path.endsWith(`/${text}`) ? 1 : 2);
  let best: { slot: number; path: string } | undefined;
  for (const slot of table.slots.byPath) {
    const path = paths[slot] ?? "";
    if (!path.includes(text)) continue;
    const nearer = best && (rankOf(path) - rankOf(best.path) || path.length - best.path.length);
    if (nearer === undefined || nearer < 0) best = { slot, path };
  }
  if (best) return table.slots.ids[best.slot] ?? NaN;
  throw new QueryError(`No track of the library has "${value.text}" in its path.`, value);
}
