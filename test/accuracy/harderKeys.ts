/** Keys of the same pieces made harder: ours and essentia.js' on the very same samples. */
import { decodeFile } from "../bench/decodeFile";
import { askChildren, type Role } from "./children";
import { calibrationOf, printCalibration, type Calibration, type Judged } from "./calibration";
import type { CorpusFile } from "./corpus";
import { halfOf } from "./halves";
import { HARDER } from "./harder";
import { compileEssentia, listen } from "./listen";
import { essentiaJsKey, monoAt44100 } from "./peers/essentiaJs";
import { printTable } from "./scoreTable";
import { keyScoreOf } from "./scores";

export const HARDER_ROLE = "harder";
const SAMPLE_RATE = 44100;
const CHILDREN = { role: HARDER_ROLE, lanes: 2, jobsPerChild: 8 };

interface Job {
  path: string;
  /** Path in the corpus. */
  file: string;
  /** "Eb minor". */
  key: string;
}

/** One piece made harder in one way; null where the program for it is not installed. */
type Scores = {
  ours: number;
  essentiaJs: number;
  /** Of ours, 0–1; null where no key was given. */
  strength: number | null;
} | null;

/** What a child does: a Job as JSON in; scores by MIREX weights out, one for each way. */
export async function harderRole(): Promise<Role> {
  const compiled = await compileEssentia();
  return async (json): Promise<Scores[]> => {
    const { path, file, key } = JSON.parse(json) as Job;
    const pcm = { samples: monoAt44100(await decodeFile(path)), sampleRate: SAMPLE_RATE };
    const scores: Scores[] = [];
    for (const way of HARDER) {
      const piece = way.apply(pcm, { name: file, key });
      if (!piece) {
        scores.push(null);
        continue;
      }
      const { tonal } = listen([piece.pcm.samples], SAMPLE_RATE);
      const found = tonal.key === null ? null : `${tonal.key} ${tonal.mode ?? ""}`;
      const theirs = await essentiaJsKey(compiled, piece.pcm.samples);
      scores.push({
        ours: keyScoreOf(found, piece.key),
        essentiaJs: keyScoreOf(theirs, piece.key),
        strength: tonal.strength,
      });
    }
    return scores;
  };
}

/** Prints a row for each way, over the files with a known key, and answers how its strengths do on the reported half. */
export async function printHarder(files: readonly CorpusFile[]): Promise<Calibration> {
  const jobs = files.flatMap(({ path, file, truth }): Job[] =>
    truth.key === null ? [] : [{ path, file, key: truth.key }],
  );
  const answers = await askChildren<Scores[]>(
    jobs.map((job) => JSON.stringify(job)),
    CHILDREN,
  );
  const rows = HARDER.map(({ name }, way) =>
    rowOf(
      name,
      jobs,
      answers.map((scores) => [scores?.[way] ?? null]),
    ),
  );
  rows.push(
    rowOf(
      "all of them",
      jobs,
      answers.map((scores) => scores ?? []),
    ),
  );
  console.log(`\nKey by MIREX weights, %, on the same ${jobs.length} files made harder`);
  const tools = ["Playlista", "essentia.js"];
  printTable([["", "pieces", ...tools, ...tools.map((tool) => `${tool}, reported half`)], ...rows]);
  const calibration = calibrationOf("Key, pieces made harder (tonal.strength)", judged(jobs, answers));
  printCalibration(calibration);
  return calibration;
}

function judged(jobs: readonly Job[], answers: readonly (readonly Scores[] | null)[]): Judged[] {
  return answers.flatMap((scores, index) =>
    halfOf(jobs[index]?.file ?? "") === "report"
      ? (scores ?? []).flatMap((of) =>
          of && of.strength !== null ? [{ confidence: of.strength, isRight: of.ours === 1 }] : [],
        )
      : [],
  );
}

function rowOf(name: string, jobs: readonly Job[], answers: readonly (readonly Scores[])[]): string[] {
  const given = answers.flatMap((scores, index) =>
    scores.flatMap((of) => (of ? [{ ...of, half: halfOf(jobs[index]?.file ?? "") }] : [])),
  );
  const reported = given.filter(({ half }) => half === "report");
  const cells = [given, reported].flatMap((of) =>
    (["ours", "essentiaJs"] as const).map((tool) => {
      const sum = of.reduce((total, scores) => total + scores[tool], 0);
      return of.length === 0 ? "absent" : ((100 * sum) / of.length).toFixed(1);
    }),
  );
  return [name, String(given.length), ...cells];
}
