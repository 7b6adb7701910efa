/** Answers a query: one page of tracks with the number of all, or the ids of all in their order. */
import type { Database } from "sql.js";
import type { Grouping, SearchAnswer, SearchPage, TrackGroup } from "../../../shared/engineProtocol";
import { selectRows, selectRowsByIds } from "../trackQueries";
import { asksForGone, type LookedUp } from "./specialConditions";
import { buildSearch, fieldsOf, type Search } from "./buildSearch";
import { selectGroups } from "./groups";
import { goneTracks } from "./goneTracks";
import { parseQuery } from "./parseQuery";
import { QueryError } from "./QueryError";
import type { FieldValue, QueryNode } from "./queryTree";
import { nearestTo } from "./similar";
import { likePattern } from "./sqlCondition";

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
    return selectGroups(current(), where, by);
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
  const [count] = selectRows(
    database,
    `SELECT count(*) AS total FROM tracks WHERE ${where.sql}`,
    where.parameters,
  );
  const ids = selectRows(
    database,
    `SELECT id FROM tracks WHERE ${where.sql} ORDER BY ${order.sql} LIMIT ? OFFSET ?`,
    [...where.parameters, ...order.parameters, limit, offset],
  ).map(({ id }) => Number(id));
  return { total: Number(count?.["total"]), tracks: selectRowsByIds(database, root, ids) };
}

function selectIds(database: Database, { where, order }: Search): number[] {
  const statement = database.prepare(`SELECT id FROM tracks WHERE ${where.sql} ORDER BY ${order.sql}`, [
    ...where.parameters,
    ...order.parameters,
  ]);
  try {
    const ids: number[] = [];
    while (statement.step()) ids.push(Number(statement.get()[0]));
    return ids;
  } finally {
    statement.free();
  }
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

/** The one track whose path is, or else ends in or has, the text. */
function seedOf(database: Database, value: FieldValue): number {
  const stored = value.text.replaceAll("\\", "/");
  const pattern = likePattern(stored);
  const found = selectRows(
    database,
    `SELECT id FROM tracks WHERE path LIKE ?1 ESCAPE '\\'
     ORDER BY path = ?2 DESC, path LIKE ?3 ESCAPE '\\' DESC, length(path), path LIMIT 1`,
    [`%${pattern}%`, stored, `%/${pattern}`],
  );
  const id = found[0]?.["id"];
  if (id === undefined)
    throw new QueryError(`No track of the library has "${value.text}" in its path.`, value);
  return Number(id);
}
