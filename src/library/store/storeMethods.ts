/**
 * What can be asked of a store, one line each: from this table follow the methods that everybody sees (Store), how a
 * question is answered where the database is, and what a question from another process must look like. A new
 * question is a method of TrackStore and a line here.
 */
import type { StoreMethod } from "./storeMethod";
import { read, write } from "./storeMethod";
import { count, listOf, orNull, shape, text } from "./paramChecks";

export const STORE_METHODS = {
  /** The stored result under its absolute path (state "analyzed" or "failed") without its segments, or null. */
  get: read((store, path: string) => store.get(path), text),
  /** The line of a tree for a file, or null. */
  getRow: read((store, path: string) => store.getRow(path), text),
  /** One level of the tree. */
  listFolder: read(
    (store, query: { folder: string | null; offset: number; limit: number }) => store.listFolder(query),
    shape({ folder: orNull(text), offset: count, limit: count }),
  ),
  listFailed: read((store, limit: number) => store.listFailed(limit), count),
  count: read((store) => store.count()),
  /** Results in order of path, from "" or from where the page before ended (`next`; null after the last). */
  page: read((store, after: string, limit: number) => store.page(after, limit), text, count),
  /** Forgets the results (never the files) of files and of all below folders; the absolute paths that were known. */
  remove: write((store, paths: string[]) => store.remove(paths), listOf(text)),
} satisfies Record<string, StoreMethod>;

type Methods = typeof STORE_METHODS;
export type MethodName = keyof Methods;

/** What a method is asked with. */
export type ParamsOf<M extends MethodName> = Methods[M]["run"] extends (
  store: never,
  ...params: infer P
) => unknown
  ? P
  : never;

/** What a method answers. */
export type AnswerOf<M extends MethodName> = Awaited<ReturnType<Methods[M]["run"]>>;

/** The same methods for whoever uses a store, wherever the database is. */
export type StoreMethods = {
  [M in keyof Methods]: (...params: ParamsOf<M>) => Promise<AnswerOf<M>>;
};
