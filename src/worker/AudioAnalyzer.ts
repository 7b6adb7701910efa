/**
 * One file from its bytes to its Analysis: open, find out what it is, decode block by block, measure, and
 * say honestly what was missing. Failures of a file become values here; bugs go on as exceptions.
 */
import { setImmediate } from "node:timers/promises";
import { AnalysisPass, type PassResult } from "../analysis/analyze";
import {
  MEASURED_GROUPS,
  nothingMeasured,
  RESULT_SCHEMA,
  type Analysis,
  type FormatFacts,
  type EssentiaResult,
  type MeasuredGroup,
  type SegmentsResult,
} from "../shared/analysis";
import type { FailureCode } from "../shared/codes";
import type { AnalysisAnswer, AnalysisJob, CancelSignal } from "../shared/job";
import { currentVersions } from "../shared/measurements";
import { decodeView, encodeView } from "../shared/viewFile";
import { AudioFailure } from "./AudioFailure";
import { openAudio } from "./decode/openAudio";
import type { DecodedStream, DecodeSummary } from "./decode/stream";
import { EssentiaExtractor } from "./essentia/EssentiaExtractor";
import { FileSource } from "./FileSource";
import { completeFacts, newProgress, type Progress } from "./Progress";
import { blocksWithin, refuseLargeFile, refuseLargeStream } from "./limits";
import { tagMismatches } from "./tagMismatch";
import { readTags } from "./tags";
import { damageWarnings, requireSamples } from "./verdict";

export interface AnalyzerParts {
  /** Gives essentia.js' essentia-wasm.web.wasm, compiled; called only for a job that asks for its values. */
  compileEssentia: () => Promise<WebAssembly.Module>;
  appVersion: string;
  /** Thread number; 0 is the engine's own process. */
  workerId: number;
}

export interface AnalyzeContext {
  signal?: CancelSignal;
}

/** What listens to a file's samples. */
interface Listeners {
  pass: AnalysisPass;
  /** Null where its values are not asked for. */
  essentia: EssentiaExtractor | null;
}

interface Measured extends PassResult {
  essentia: EssentiaResult | null;
}

class Cancelled extends Error {}

export class AudioAnalyzer {
  readonly #parts: AnalyzerParts;

  constructor(parts: AnalyzerParts) {
    this.#parts = parts;
  }

  /** Analyses one file; it never rejects for what the file is like. */
  async analyze(job: AnalysisJob, context: AnalyzeContext = {}): Promise<AnalysisAnswer> {
    try {
      return await this.#attempt(job, context);
    } catch (error) {
      if (!isCrash(error)) throw error;
    }
    // A decoder died under us: once more with a new instance of it.
    try {
      return await this.#attempt(job, context);
    } catch (error) {
      if (!isCrash(error)) throw error;
      return this.#failed(job, newProgress(), "crashedAnalyzer", CRASHED);
    }
  }

  async #attempt(job: AnalysisJob, context: AnalyzeContext): Promise<AnalysisAnswer> {
    const progress = newProgress();
    try {
      return await this.#run(job, context, progress);
    } catch (error) {
      if (error instanceof Cancelled) return this.#answer(job, progress, { state: "cancelled" });
      if (!(error instanceof AudioFailure)) throw error;
      await completeFacts(progress, error.code);
      return this.#failed(job, progress, error.code, error.message);
    } finally {
      await progress.source?.close();
    }
  }

  async #run(job: AnalysisJob, context: AnalyzeContext, progress: Progress): Promise<AnalysisAnswer> {
    const started = performance.now();
    const source = (progress.source = await FileSource.open(job.path));
    refuseLargeFile(source.size, job.limits);
    if (await isKnown(source, job.known)) {
      progress.file = await source.facts();
      return this.#answer(job, progress, { state: "unchanged" });
    }
    const stream = await openAudio(source);
    try {
      refuseLargeStream(stream, source.size, job.limits);
      progress.tags = await readTags(source, stream.format.container);
      progress.decodeMs = performance.now() - started;
      const listeners = await this.#measure(stream, job, context, progress);
      const summary = stream.summary();
      requireSamples(summary);
      progress.format = formatFacts(stream, summary);
      const result = await finish(listeners, progress);
      progress.warnings.push(...damageWarnings(summary), ...tagMismatches(progress.tags, result));
      await completeFacts(progress, null);
      return this.#answer(job, progress, { state: "analyzed", result });
    } finally {
      stream.close();
    }
  }

  async #measure(
    stream: DecodedStream,
    { limits, essentia: isEssentiaAsked }: AnalysisJob,
    context: AnalyzeContext,
    progress: Progress,
  ): Promise<Listeners> {
    const { sampleRate, channels, bitDepth } = stream.format;
    const { channelMask = null } = stream;
    const pass = new AnalysisPass({ sampleRate, channels, bitDepth, channelMask });
    // In the engine's own process, its messages (a cancellation too) get their turn here.
    const pause = async (): Promise<void> => {
      await setImmediate();
      if (context.signal?.aborted) throw new Cancelled();
    };
    const compile = this.#parts.compileEssentia;
    const essentia = isEssentiaAsked ? new EssentiaExtractor({ sampleRate, channels, compile, pause }) : null;
    let since = performance.now();
    for await (const block of blocksWithin(stream, limits)) {
      const decoded = performance.now();
      progress.decodeMs += decoded - since;
      pass.push(block.channels, block.length);
      await essentia?.push(block.channels, block.length);
      progress.analyzeMs += performance.now() - decoded;
      await pause();
      since = performance.now();
    }
    progress.decodeMs += performance.now() - since;
    return { pass, essentia };
  }

  #failed(job: AnalysisJob, progress: Progress, code: FailureCode, message: string): AnalysisAnswer {
    return this.#answer(job, progress, { state: "failed", error: { code, message, attempts: 1 } });
  }

  #answer(
    job: AnalysisJob,
    { file, format, tags, warnings, decodeMs, analyzeMs }: Progress,
    { result, ...outcome }: Pick<Analysis, "state" | "error"> & { result?: Measured },
  ): AnalysisAnswer {
    const view = result ? encodeView(result.view) : null;
    const analysis: Analysis = {
      path: job.path,
      ...outcome,
      warnings,
      file,
      format,
      tags,
      ...(result ? measuredIn(result) : nothingMeasured()),
      segments: view && keptSegments(view),
      missing: result?.missing ?? {},
      versions: {
        app: this.#parts.appVersion,
        schema: RESULT_SCHEMA,
        measurements: result ? currentVersions({ essentia: result.essentia !== null }) : {},
      },
      timing: {
        analyzedAt: new Date().toISOString(),
        decodeMs,
        analyzeMs,
        workerId: this.#parts.workerId,
      },
    };
    return { analysis, view };
  }
}

const CRASHED =
  "The analyzer crashed on this file twice. Please report it; all other files are analysed as usual.";

/** Reads the whole file, when there is a content that it may have. */
async function isKnown(source: FileSource, known: readonly string[] = []): Promise<boolean> {
  if (known.length === 0) return false;
  const { sha256 } = await source.facts();
  return sha256 !== null && known.includes(sha256) && !(await source.hasChanged());
}

function measuredIn(result: Measured): Pick<Analysis, MeasuredGroup> {
  const groups = Object.fromEntries(MEASURED_GROUPS.map((group) => [group, result[group]]));
  return groups as unknown as Pick<Analysis, MeasuredGroup>;
}

/** Rounded as they are kept, so that a new result and a stored one are the same. */
function keptSegments(view: Uint8Array): SegmentsResult | null {
  return decodeView(view)?.segments ?? null;
}

function isCrash(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError;
}

async function finish({ pass, essentia }: Listeners, progress: Progress): Promise<Measured> {
  const started = performance.now();
  const result = pass.finish();
  const own = (await essentia?.finish()) ?? null;
  progress.analyzeMs += performance.now() - started;
  const missing = { ...result.missing };
  for (const [name, reason] of Object.entries(own?.missing ?? {})) missing[`essentia.${name}`] = reason;
  return { ...result, essentia: own?.values ?? null, missing };
}

function formatFacts(stream: DecodedStream, summary: DecodeSummary): FormatFacts {
  const duration = summary.decodedSamples / stream.format.sampleRate;
  return {
    ...stream.format,
    bitrate: (summary.audioBytes * 8) / duration,
    duration,
    samples: summary.decodedSamples,
  };
}
