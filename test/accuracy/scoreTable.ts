/** Tables of scores: a row a measure, a column a tool, over any part of a corpus. */
import type { Answer, Tool } from "./answers";
import type { CorpusFile, Truth } from "./corpus";
import { beatFMeasure, isTempo, isTempoOrOctave, keyScoreOf } from "./scores";

/** A file and what one tool says of it. */
interface Scored {
  truth: Truth;
  answer: Answer;
}

interface Measure {
  name: string;
  /** Those of which it can be said; the others don't count. */
  applies: (truth: Truth) => boolean;
  /** What a tool must measure to have this row. */
  needs: keyof Answer;
  score: (of: readonly Scored[]) => string;
}

const share = (isRight: (of: Scored) => boolean) => (of: readonly Scored[]) =>
  percent(of.filter(isRight).length, of.length);
const count = (isIt: (of: Scored) => boolean) => (of: readonly Scored[]) => String(of.filter(isIt).length);
const mean = (value: (of: Scored) => number) => (of: readonly Scored[]) =>
  (100 * average(of.map(value))).toFixed(1);

const hasTempo = ({ tempo }: Truth): boolean => tempo !== null;
const isAsWritten = ({ truth, answer }: Scored): boolean => isTempo(answer.tempo ?? null, truth.tempo ?? 0);
const isAsFelt = ({ truth, answer }: Scored): boolean =>
  isTempoOrOctave(answer.tempo ?? null, truth.tempo ?? 0);
const isAnswered = ({ answer }: Scored): boolean => (answer.tempo ?? null) !== null;

const MEASURES: readonly Measure[] = [
  { name: "tempo accuracy 1, %", applies: hasTempo, needs: "tempo", score: share(isAsWritten) },
  { name: "tempo accuracy 2, %", applies: hasTempo, needs: "tempo", score: share(isAsFelt) },
  {
    name: "  other octave (files)",
    applies: hasTempo,
    needs: "tempo",
    score: count((of) => isAsFelt(of) && !isAsWritten(of)),
  },
  {
    name: "  otherwise wrong (files)",
    applies: hasTempo,
    needs: "tempo",
    score: count((of) => isAnswered(of) && !isAsFelt(of)),
  },
  {
    name: "  no tempo given (files)",
    applies: hasTempo,
    needs: "tempo",
    score: count((of) => !isAnswered(of)),
  },
  {
    name: "beats, F-measure, %",
    applies: ({ beats }) => beats !== null,
    needs: "beats",
    score: mean(({ truth, answer }) => beatFMeasure(answer.beats ?? [], truth.beats ?? [])),
  },
  {
    name: "key, MIREX weights, %",
    applies: ({ key }) => key !== null,
    needs: "key",
    score: mean(({ truth, answer }) => keyScoreOf(answer.key ?? null, truth.key ?? "")),
  },
  ...errors("loudness, LU", "integrated"),
  ...errors("loudness range, LU", "range"),
  ...errors("true peak, dB", "truePeak"),
  ...errors("duration, ms", "duration", 1000),
];

/** Mean and largest difference from what is known. */
function errors(
  name: string,
  value: "integrated" | "range" | "truePeak" | "duration",
  factor = 1,
): Measure[] {
  const errorsOf = (of: readonly Scored[]): number[] =>
    of.flatMap(({ truth, answer }) => {
      const [known, found] = [truth[value], answer[value] ?? null];
      return known === null || found === null ? [] : [factor * Math.abs(found - known)];
    });
  const digits = factor === 1 ? 3 : 1;
  const common = { applies: (truth: Truth) => truth[value] !== null, needs: value };
  return [
    { name: `${name}: mean error`, ...common, score: (of) => average(errorsOf(of)).toFixed(digits) },
    { name: "  largest", ...common, score: (of) => Math.max(0, ...errorsOf(of)).toFixed(digits) },
    {
      name: "  null where known (files)",
      ...common,
      score: count(({ answer }) => (answer[value] ?? null) === null),
    },
  ];
}

interface Part {
  files: readonly CorpusFile[];
  belongs: (file: CorpusFile) => boolean;
  /** Rows whose name begins so; all when left out. */
  only?: readonly string[];
}

/** Prints how each tool does over the files that `belongs` takes. */
export function printScores(title: string, tools: readonly Tool[], { files, belongs, only }: Part): void {
  const chosen = files.flatMap((file, index) => (belongs(file) ? [{ truth: file.truth, index }] : []));
  if (chosen.length === 0) return;
  const measures = MEASURES.filter(({ name }) => only?.some((begin) => name.startsWith(begin)) ?? true);
  const rows = measures.map(({ name, applies, needs, score }) => {
    const known = chosen.filter(({ truth }) => applies(truth));
    const cells = tools.map(({ answers }) => {
      const measured = answers.some((answer) => answer[needs] !== undefined);
      if (!measured || known.length === 0) return "–";
      return score(known.map(({ truth, index }) => ({ truth, answer: answers[index] ?? {} })));
    });
    return [name, String(known.length), ...cells];
  });
  console.log(`\n${title}: ${chosen.length} files`);
  printTable([["", "known", ...tools.map(({ name }) => name)], ...rows]);
}

/** The columns named (by their number) stand to the left, the others to the right. */
export function printTable(rows: readonly (readonly string[])[], left: readonly number[] = [0]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  for (const row of rows) {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return left.includes(column) ? cell.padEnd(width) : cell.padStart(width);
    });
    console.log(cells.join("  ").trimEnd());
  }
}

function percent(part: number, whole: number): string {
  return ((100 * part) / whole).toFixed(1);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
