/**
 * Runs essentia.js' algorithms so that its faults stay its own. Its memory grows with what it hears and never
 * shrinks, its exceptions leak, and past 2 GiB it is dead for good: an instance that threw, or that has grown
 * past a bound, is left to the garbage collector and a new one takes its place.
 */
import type { EssentiaAlgorithms, EssentiaModule, EssentiaVector } from "./essentiaModule";
import { loadEssentia } from "./loadEssentia";

/** Bytes. Three minutes add up to 180 MB to the 20 that it starts with; it dies at 2 GiB. */
const LARGEST_HEAP = 512 * 1024 * 1024;
const ATTEMPTS = 2;

/** What an algorithm is run with: everything that `hold` was given is deleted when it is over. */
export interface EssentiaScope {
  algorithms: EssentiaAlgorithms;
  /** The samples in essentia's own memory. */
  vector: (samples: Float32Array) => EssentiaVector;
  /** Takes an algorithm's output and answers it: its vectors are deleted at the end, read or not. */
  hold: <T extends object>(output: T) => T;
}

export class EssentiaRunner {
  readonly #compile: () => Promise<WebAssembly.Module>;
  readonly #largestHeap: number;
  #instance: { module: EssentiaModule; algorithms: EssentiaAlgorithms } | null = null;

  /** `compile` gives essentia.js' essentia-wasm.web.wasm, compiled; it is called for each new instance. */
  constructor(compile: () => Promise<WebAssembly.Module>, largestHeap = LARGEST_HEAP) {
    this.#compile = compile;
    this.#largestHeap = largestHeap;
  }

  /** Bytes of memory that the instance has, 0 before the first run. */
  get heapBytes(): number {
    return this.#instance?.module.HEAPU8.length ?? 0;
  }

  /** What `work` answers, or null when it failed in two instances one after the other. */
  async run<T>(work: (scope: EssentiaScope) => T): Promise<T | null> {
    if (this.heapBytes > this.#largestHeap) this.#instance = null;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        const { module, algorithms } = (this.#instance ??= await this.#start());
        return inScope(module, algorithms, work);
      } catch {
        // A bare number, a RuntimeError, a string: none of them says what state it is in now.
        this.#instance = null;
      }
    }
    return null;
  }

  async #start(): Promise<{ module: EssentiaModule; algorithms: EssentiaAlgorithms }> {
    const module = await loadEssentia(await this.#compile());
    return { module, algorithms: new module.EssentiaJS(false) };
  }
}

function inScope<T>(
  module: EssentiaModule,
  algorithms: EssentiaAlgorithms,
  work: (scope: EssentiaScope) => T,
): T {
  const held: EssentiaVector[] = [];
  const result = work({
    algorithms,
    vector: (samples) => {
      const vector = module.arrayToVector(samples);
      held.push(vector);
      return vector;
    },
    hold: (output) => {
      held.push(...Object.values(output).filter(isVector));
      return output;
    },
  });
  // Where `work` threw, the whole instance goes.
  for (const vector of held) vector.delete();
  return result;
}

function isVector(value: unknown): value is EssentiaVector {
  return typeof value === "object" && value !== null && "delete" in value;
}
