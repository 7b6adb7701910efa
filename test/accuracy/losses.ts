/** Every file on which ours is not right, with what the others say of it. */
import type { Answer, Tool } from "./answers";
import type { CorpusFile, Truth } from "./corpus";
import { halfOf } from "./halves";
import { printTable } from "./scoreTable";
import { beatFMeasure, isTempo, isTempoOrOctave, keyScoreOf } from "./scores";

/** What can be lost, how it is seen, and how a tool's answer is shown. */
interface Loss {
  title: string;
  isLost: (truth: Truth, ours: Answer) => boolean;
  truth: (truth: Truth) => string;
  shown: (answer: Answer, truth: Truth) => string;
  /** How sure ours was. */
  certainty?: "confidence" | "strength";
}

const LOWEST_BEATS = 0.8;
const LOUDNESS_TOLERANCE = 0.1;
const PEAK_TOLERANCE = 0.2;

const LOSSES: readonly Loss[] = [
  {
    title: "tempo: another octave",
    isLost: ({ tempo }, ours) =>
      tempo !== null && !isTempo(ours.tempo ?? null, tempo) && isTempoOrOctave(ours.tempo ?? null, tempo),
    truth: ({ tempo }) => number(tempo),
    shown: ({ tempo }) => number(tempo),
    certainty: "confidence",
  },
  {
    title: "tempo: wrong or not given",
    isLost: ({ tempo }, ours) => tempo !== null && !isTempoOrOctave(ours.tempo ?? null, tempo),
    truth: ({ tempo }) => number(tempo),
    shown: ({ tempo }) => number(tempo),
    certainty: "confidence",
  },
  {
    title: `beats: F-measure below ${LOWEST_BEATS}`,
    isLost: ({ beats }, ours) =>
      beats !== null && ours.beats !== undefined && beatFMeasure(ours.beats ?? [], beats) < LOWEST_BEATS,
    truth: ({ beats }) => `${beats?.length ?? 0} beats`,
    shown: ({ beats }, truth) => (beats ? beatFMeasure(beats, truth.beats ?? []).toFixed(2) : "null"),
    certainty: "confidence",
  },
  {
    title: "key",
    isLost: ({ key }, ours) => key !== null && keyScoreOf(ours.key ?? null, key) < 1,
    truth: ({ key }) => key ?? "",
    shown: ({ key }) => key ?? "null",
    certainty: "strength",
  },
  level("integrated", LOUDNESS_TOLERANCE),
  level("truePeak", PEAK_TOLERANCE),
];

function level(name: "integrated" | "truePeak", tolerance: number): Loss {
  return {
    title: `${name}: further than ${tolerance} from ffmpeg's, which is rounded to 0.1`,
    isLost: (truth, ours) => {
      const [known, found] = [truth[name], ours[name]];
      if (known === null || found === undefined) return false;
      return found === null || Math.abs(found - known) > tolerance + 0.05;
    },
    truth: (truth) => number(truth[name]),
    shown: (answer) => number(answer[name]),
  };
}

/** `tools`: ours first. */
export function printLosses(files: readonly CorpusFile[], tools: readonly Tool[]): void {
  for (const loss of LOSSES) {
    const rows = files.flatMap((file, index) => {
      const ours = tools[0]?.answers[index] ?? {};
      return loss.isLost(file.truth, ours)
        ? [
            rowOf(
              loss,
              file,
              tools.map(({ answers }) => answers[index] ?? {}),
            ),
          ]
        : [];
    });
    console.log(`\n${loss.title}: ${rows.length} files`);
    const certainty = loss.certainty ?? "";
    const [own = "", ...peers] = tools.map(({ name }) => name);
    if (rows.length > 0) printTable([["", "half", "truth", own, certainty, ...peers], ...rows]);
  }
}

function rowOf({ truth, shown, certainty }: Loss, file: CorpusFile, answers: readonly Answer[]): string[] {
  const [ours = "", ...others] = answers.map((answer) => shown(answer, file.truth));
  const sure = certainty ? answers[0]?.[certainty] : undefined;
  return [file.file, halfOf(file.file), truth(file.truth), ours, sure?.toFixed(2) ?? "", ...others];
}

function number(value: number | null | undefined): string {
  return value === null ? "null" : value === undefined ? "–" : value.toFixed(1);
}
