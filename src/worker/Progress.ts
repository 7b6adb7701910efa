/** What is known of a file on its way through AudioAnalyzer; what of it stands when the file fails. */
import type { AnalysisWarning, FileFacts, FormatFacts, Tags } from "../shared/analysis";
import type { FailureCode } from "../shared/codes";
import { AudioFailure } from "./AudioFailure";
import type { FileSource } from "./FileSource";
import { readTags } from "./tags";

/** What is known of a file so far: filled as the analysis goes on, kept when it fails. */
export interface Progress {
  source: FileSource | null;
  file: FileFacts | null;
  format: FormatFacts | null;
  tags: Tags | null;
  warnings: AnalysisWarning[];
  decodeMs: number;
  analyzeMs: number;
}

/** Nothing yet. */
export function newProgress(): Progress {
  return { source: null, file: null, format: null, tags: null, warnings: [], decodeMs: 0, analyzeMs: 0 };
}

/** Adds what is known of the file and, if nobody has read them yet, its tags; a failure here changes nothing. */
export async function completeFacts(progress: Progress, code: FailureCode | null): Promise<void> {
  const { source } = progress;
  if (!source) return;
  const started = performance.now();
  try {
    if (code === "unsupportedCodec" || code === "corrupt") progress.tags ??= await readTags(source, null);
    const { size, modified } = source;
    progress.file = code === "tooLarge" ? { size, modified, sha256: null } : await source.facts();
    if (await source.hasChanged()) {
      const message = "The file was changed while it was read. Analyse it again when it is complete.";
      progress.warnings.push({ code: "changedWhileRead", message });
    }
  } catch (error) {
    if (!(error instanceof AudioFailure)) throw error;
    progress.file = { size: source.size, modified: source.modified, sha256: null };
    // A failure that is being reported stays the reason; one that was none until now becomes it.
    if (code === null) throw error;
  } finally {
    progress.decodeMs += performance.now() - started;
  }
}
