/** One line of the table of questions (storeMethods.ts): how it is answered, and what it may be asked with. */
import type { Checks } from "./paramChecks";
import type { TrackStore } from "./TrackStore";

export interface StoreMethod {
  run: (store: TrackStore, ...params: never[]) => unknown;
  checks: readonly ((value: unknown) => boolean)[];
  /** Of a method that writes: the absolute paths that have changed (null: any). Null where it only reads. */
  changed: ((answer: never, params: readonly unknown[]) => string[] | null) | null;
}

type Run<P extends unknown[], A> = (store: TrackStore, ...params: P) => A | Promise<A>;

/** A question that changes nothing; it must be right to ask it twice. */
export function read<P extends unknown[], A>(run: Run<P, A>, ...checks: Checks<P>) {
  return { run, checks, changed: null };
}

/** A change; it must be right to ask for it twice, since an owner may die before it has answered. */
export function write<P extends unknown[], A>(
  run: Run<P, A>,
  changed: (answer: A, params: readonly unknown[]) => string[] | null,
  ...checks: Checks<P>
) {
  return { run, checks, changed };
}
