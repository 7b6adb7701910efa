/** Asks several stores the same, so that one that can't be read does not keep the others from answering. */
import type { StoreLocation } from "../../shared/engineProtocol";
import { EngineStoppedError } from "../engine/EngineStoppedError";

/** What a store said, or why it said nothing. */
export type StoreAnswer<S, A> =
  { store: S; answer: A; problem: null } | { store: S; answer: null; problem: string };

/** One answer a store, in their order; rejects with {@link EngineStoppedError} when nobody can answer. */
export async function askEach<S extends { location: StoreLocation }, A>(
  stores: readonly S[],
  ask: (location: StoreLocation) => Promise<A>,
): Promise<StoreAnswer<S, A>[]> {
  return Promise.all(
    stores.map(async (store): Promise<StoreAnswer<S, A>> => {
      try {
        return { store, answer: await ask(store.location), problem: null };
      } catch (error) {
        if (error instanceof EngineStoppedError) throw error;
        return { store, answer: null, problem: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
}
