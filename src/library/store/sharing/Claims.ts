/** Which process is analysing which file, so that two that are asked for the same files do not do the work twice. */
import { OwnerGone } from "./wire";

/** One wish for a file: granted when it has come first, until it is released. */
export interface Claim {
  granted: Promise<void>;
  /** Gives the file, or the place in its queue, to the next. */
  release: () => void;
}

interface Entry {
  grant: () => void;
  refuse: (error: Error) => void;
}

export class Claims {
  /** By path; the first has the file. */
  readonly #queues = new Map<string, Entry[]>();

  claim(path: string): Claim {
    const queue = this.#queues.get(path) ?? [];
    this.#queues.set(path, queue);
    let entry: Entry = { grant: () => undefined, refuse: () => undefined };
    const granted = new Promise<void>((grant, refuse) => {
      entry = { grant, refuse };
    });
    queue.push(entry);
    if (queue.length === 1) entry.grant();
    return {
      granted,
      release: () => {
        this.#release(path, entry);
      },
    };
  }

  /** Whoever waits asks the next owner. */
  close(): void {
    for (const queue of this.#queues.values()) {
      for (const { refuse } of queue) refuse(new OwnerGone("The owner leaves."));
    }
    this.#queues.clear();
  }

  #release(path: string, entry: Entry): void {
    const queue = this.#queues.get(path);
    const place = queue?.indexOf(entry) ?? -1;
    if (!queue || place < 0) return;
    queue.splice(place, 1);
    // Who gave up waiting is not kept waiting.
    entry.grant();
    queue[0]?.grant();
    if (queue.length === 0) this.#queues.delete(path);
  }
}
