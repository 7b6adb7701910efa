/**
 * Damaged files through the built analyzer in threads, as in production: what became of each, and whether one
 * crashed it, hung, or lost sound without a word.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ThreadPool } from "../../src/library/queue/ThreadPool";
import type { Analysis } from "../../src/shared/analysis";
import { DEFAULT_LIMITS } from "../../src/shared/limits";
import { seededRandom } from "../fixtures/sound/random";
import { mutate, type Mutated } from "./mutate";

const LONGEST_MS = 20_000;
/** A file that lost more than this share of its sound must say so. */
const SILENT_LOSS = 0.1;
const BARE_STREAM = /\.(ac3|mp3|aac)$/;
const THREADS = 2;
const HEAP_MB = 512;

export interface Seed {
  name: string;
  bytes: Uint8Array;
}

export interface FuzzReport {
  /** How many files ended how: "analyzed", "analyzed, warned", "failed: corrupt" … */
  outcomes: Map<string, number>;
  /** What must not be: file, mutations and why. */
  faults: string[];
  /** Bytes of the damaged files that are faults, by their name. */
  culprits: Map<string, Uint8Array>;
  /** Longest time of one file, ms. */
  slowestMs: number;
  /** Resident memory after a fifth of the files, and at the end, MB. */
  memoryMB: [number, number];
}

export interface FuzzOptions {
  seeds: readonly Seed[];
  count: number;
  seed: number;
  /** Built analyzer. */
  analyzer: string;
}

export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const executor = new ThreadPool({
    workerFile: options.analyzer,
    setup: { essentiaFile: "", appVersion: "0" },
    heapMB: HEAP_MB,
    log: () => undefined,
    onMemory: () => undefined,
  });
  const folder = await mkdtemp(join(tmpdir(), "playlista-fuzz-"));
  try {
    const run = new FuzzRun(executor, folder, options);
    await run.learn();
    await Promise.all(Array.from({ length: THREADS }, (_, lane) => run.lane(lane)));
    return run.report;
  } finally {
    await executor.close();
    await rm(folder, { recursive: true, force: true });
  }
}

class FuzzRun {
  readonly report: FuzzReport = {
    outcomes: new Map(),
    faults: [],
    culprits: new Map(),
    slowestMs: 0,
    memoryMB: [0, 0],
  };
  readonly #executor: ThreadPool;
  readonly #folder: string;
  readonly #options: FuzzOptions;
  /** Samples of the undamaged files. */
  readonly #samples = new Map<string, number>();
  #next = 0;

  constructor(executor: ThreadPool, folder: string, options: FuzzOptions) {
    this.#executor = executor;
    this.#folder = folder;
    this.#options = options;
  }

  /** Analyses the undamaged files: what is lost later is held against them. */
  async learn(): Promise<void> {
    for (const { name, bytes } of this.#options.seeds) {
      const analysis = await this.#analyze(name, bytes);
      if (typeof analysis !== "string" && analysis.format) this.#samples.set(name, analysis.format.samples);
    }
  }

  async lane(lane: number): Promise<void> {
    const { count, seed, seeds } = this.#options;
    while (this.#next < count) {
      const number = this.#next++;
      if (number === Math.floor(count / 5)) this.report.memoryMB[0] = residentMB();
      const random = seededRandom(seed * 1_000_003 + number);
      const file = seeds[number % seeds.length];
      if (file) await this.#one(`${lane}`, number, file, mutate(file.bytes, random));
    }
    this.report.memoryMB[1] = residentMB();
  }

  async #one(lane: string, number: number, file: Seed, mutated: Mutated): Promise<void> {
    const started = performance.now();
    const analysis = await this.#analyze(lane, mutated.bytes);
    this.report.slowestMs = Math.max(this.report.slowestMs, performance.now() - started);
    const outcome = outcomeOf(analysis);
    this.report.outcomes.set(outcome, (this.report.outcomes.get(outcome) ?? 0) + 1);
    const fault = this.#faultOf(analysis, file, mutated);
    if (!fault) return;
    const what = mutated.mutations.map(({ kind, at, extent }) => `${kind} ${at}+${extent}`).join(", ");
    const name = `${number}-${file.name}`;
    this.report.faults.push(`${name} (${mutated.bytes.length} bytes; ${what}): ${fault}`);
    this.report.culprits.set(name, mutated.bytes);
  }

  #faultOf(analysis: Analysis | string, file: Seed, { bytes, mutations }: Mutated): string | null {
    if (typeof analysis === "string") return analysis;
    if (analysis.error?.code === "crashedAnalyzer") return "crashed twice";
    if (analysis.state !== "analyzed" || analysis.warnings.length > 0) return null;
    const isFinite = [analysis.loudness?.integrated, analysis.rhythm?.tempo].every(
      (value) => value === null || value === undefined || Number.isFinite(value),
    );
    if (!isFinite) return "a measurement is no number";
    // Bytes that are gone can't sound; what other damage does to a header may be a valid claim. Bare streams of
    // frames that are cut between two of them are as good as whole.
    const isCut = mutations.length === 1 && mutations[0]?.kind === "cut" && !BARE_STREAM.test(file.name);
    const whole = this.#samples.get(file.name) ?? 0;
    const lost = 1 - (analysis.format?.samples ?? 0) / whole;
    const share = bytes.length / file.bytes.length;
    return isCut && lost > SILENT_LOSS && share < 1 - SILENT_LOSS
      ? `lost ${Math.round(lost * 100)} % without a word`
      : null;
  }

  async #analyze(name: string, bytes: Uint8Array): Promise<Analysis | string> {
    const path = join(this.#folder, name);
    await writeFile(path, bytes);
    const signal = AbortSignal.timeout(LONGEST_MS);
    const job = { path, limits: DEFAULT_LIMITS, essentia: false };
    const outcome = await this.#executor.run(job, signal);
    if (outcome.kind === "answered") return outcome.answer.analysis;
    return outcome.kind === "aborted" ? "hung" : `${outcome.kind}: ${outcome.message}`;
  }
}

function outcomeOf(analysis: Analysis | string): string {
  if (typeof analysis === "string") return analysis;
  if (analysis.error) return `failed: ${analysis.error.code}`;
  return analysis.warnings.length > 0 ? "analyzed, warned" : analysis.state;
}

function residentMB(): number {
  return Math.round(process.memoryUsage().rss / 1e6);
}
