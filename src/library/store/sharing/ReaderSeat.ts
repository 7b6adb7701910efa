/** Reads the file as it is on disk: nobody else is asked and nothing is written. */
import { damaged, isDamage, raiseDoubt } from "../damage";
import { STORE_METHODS, type AnswerOf, type MethodName, type ParamsOf } from "../storeMethods";
import type { TrackStore } from "../TrackStore";
import type { Seat } from "./Seat";
import { OwnerGone } from "./wire";

export class ReaderSeat implements Seat {
  readonly #store: TrackStore;
  readonly #asked = new Set<Promise<unknown>>();
  isUsable = true;

  constructor(store: TrackStore) {
    this.#store = store;
  }

  async ask<M extends MethodName>(name: M, params: ParamsOf<M>): Promise<AnswerOf<M>> {
    if (!this.isUsable) throw new OwnerGone("There is a better seat.");
    const answer = runMethod(this.#store, name, params);
    const asked = answer.catch(() => undefined).finally(() => this.#asked.delete(asked));
    this.#asked.add(asked);
    try {
      return await answer;
    } catch (error) {
      if (!isDamage(error)) throw error;
      const { database } = this.#store.location;
      raiseDoubt(database);
      throw damaged(database, error);
    }
  }

  /** Reads the file again if another process has replaced it; true when it had. */
  refresh(): Promise<boolean> {
    return this.#store.refresh();
  }

  async close(): Promise<void> {
    this.isUsable = false;
    await Promise.all(this.#asked);
    this.#store.close();
  }
}

/** Answers a question of the table where the database is. */
export async function runMethod<M extends MethodName>(
  store: TrackStore,
  name: M,
  params: ParamsOf<M>,
): Promise<AnswerOf<M>> {
  const run = STORE_METHODS[name].run as (...all: unknown[]) => AnswerOf<M> | Promise<AnswerOf<M>>;
  return run(store, ...params);
}
