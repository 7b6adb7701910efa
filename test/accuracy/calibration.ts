/**
 * Whether a confidence says how often a value is right: the files sorted into bins by it, and of each bin the share
 * that is right.
 */
import type { Answer, Tool } from "./answers";
import type { CorpusFile, Truth } from "./corpus";
import { printTable } from "./scoreTable";
import { isTempo, keyScoreOf } from "./scores";

const BINS = 10;

export interface Bin {
  /** Files in it. */
  count: number;
  /** Mean confidence of them, 0–1. */
  confidence: number;
  /** Share of them that is right, 0–1. */
  right: number;
}

export interface Calibration {
  title: string;
  bins: Bin[];
  /** Mean distance of confidence and share, over the files. */
  error: number;
}

/** One value given, and whether it is right. */
export interface Judged {
  confidence: number;
  isRight: boolean;
}

/** Of the tempo as written (accuracy 1) and of the key; values not given are in no bin. */
export function calibrationsOf(files: readonly CorpusFile[], ours: Tool): Calibration[] {
  return [
    calibrationOf(
      "Tempo as written (rhythm.confidence)",
      judged(files, ours, ({ tempo }, answer) =>
        tempo === null ? null : [answer.confidence ?? null, isTempo(answer.tempo ?? null, tempo)],
      ),
    ),
    calibrationOf(
      "Key and mode (tonal.strength)",
      judged(files, ours, ({ key }, answer) =>
        key === null ? null : [answer.strength ?? null, keyScoreOf(answer.key ?? null, key) === 1],
      ),
    ),
  ];
}

function judged(
  files: readonly CorpusFile[],
  { answers }: Tool,
  judge: (truth: Truth, answer: Answer) => [confidence: number | null, isRight: boolean] | null,
): Judged[] {
  return files.flatMap(({ truth }, index) => {
    const [confidence = null, isRight = false] = judge(truth, answers[index] ?? {}) ?? [];
    return confidence === null ? [] : [{ confidence, isRight }];
  });
}

/** Sorts them into bins. */
export function calibrationOf(title: string, of: readonly Judged[]): Calibration {
  const bins = Array.from({ length: BINS }, (_, bin) => {
    const inside = of.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin);
    const count = inside.length;
    const sum = inside.reduce((total, { confidence }) => total + confidence, 0);
    const right = inside.filter(({ isRight }) => isRight).length;
    return { count, confidence: count ? sum / count : 0, right: count ? right / count : 0 };
  });
  const distance = bins.reduce(
    (sum, { count, confidence, right }) => sum + count * Math.abs(confidence - right),
    0,
  );
  return { title, bins, error: of.length ? distance / of.length : 0 };
}

export function printCalibration({ title, bins, error }: Calibration): void {
  console.log(`\n${title} (expected calibration error ${error.toFixed(3)})`);
  const rows = bins.flatMap(({ count, confidence, right }, bin) =>
    count === 0
      ? []
      : [[`${bin / BINS} to ${(bin + 1) / BINS}`, String(count), confidence.toFixed(2), right.toFixed(2)]],
  );
  printTable([["confidence", "files", "mean", "right"], ...rows]);
}
