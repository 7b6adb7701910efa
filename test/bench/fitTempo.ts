/**
 * Fits the models of src/analysis/rhythm anew: on invented music and on the tuning half of a corpus
 * (test/accuracy/halves.ts). Writes tempoModel.ts and phaseModel.ts, prints how right networks are on what they
 * never heard, and the calibration for confidence.ts.
 * Usage: node scripts/run.mjs test/bench/fitTempo.ts CORPUS_DIR [--two-fold]
 * Needs a build (npm run build), FluidSynth, the soundfont FluidR3_GM and MMA (Debian: fluidsynth, fluid-soundfont-gm, mma). Rendering takes
 * half an hour on one core the first time; what was heard of it is kept in the temporary folder. --two-fold also
 * scores the tuning half by a fit on the reported half; the reported half as shipped is scored by accuracy.ts.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { corpusExamples, withCuts } from "./rhythm/examples";
import { fitPhase, phaseChoice } from "./rhythm/fitPhase";
import {
  answered,
  calibrationLines,
  fitCalibration,
  fitFirst,
  fitSecond,
  hear,
  leftOutAnswers,
  leftOutKinds,
  prepare,
} from "./rhythm/fitTempo";
import type { Answered, Heard, Prepared } from "./rhythm/fitTempo";
import { missingPrograms } from "./rhythm/fluidsynth";
import { inventedBatches } from "./rhythm/inventions";
import { metronomeExamples } from "./rhythm/metronomes";
import { formatted, phaseText, tempoText } from "./rhythm/modelText";

const FOLDER = join("src", "analysis", "rhythm");

async function main([corpus, ...options]: string[]): Promise<void> {
  if (!corpus) throw new Error("usage: test/bench/fitTempo.ts CORPUS_DIR [--two-fold]");
  const missing = missingPrograms();
  if (missing) throw new Error(`Invented music can't be rendered: ${missing}.`);
  const invented = [...[...inventedBatches()].flat(), ...metronomeExamples()].map(prepare);
  const first = fitFirst(invented);
  const tuning = withCuts(await corpusExamples(corpus, "tune")).map(prepare);
  const [heardInvented, heardTuning] = [invented, tuning].map((all) => all.map((one) => hear(one, first)));
  if (!heardInvented || !heardTuning) return;
  await write("tempoModel.ts", tempoText(first, fitSecond([...heardInvented, ...heardTuning])));
  await write("phaseModel.ts", phaseText(phaseNetworks([...invented, ...tuning])));
  const leftOut = leftOutAnswers(heardInvented, heardTuning);
  const kinds = leftOutKinds(heardInvented);
  const calibration = fitCalibration(leftOut, kinds);
  console.log("CALIBRATION =", calibration);
  for (const line of calibrationLines([...leftOut, ...kinds], calibration)) console.log(line);
  scored("tuning half, each piece left out", leftOut);
  scored("invented music, each kind left out", kinds);
  scored("tuning half, by invented music alone", answersOf(heardTuning, heardInvented));
  if (!options.includes("--two-fold")) return;
  const reported = withCuts(await corpusExamples(corpus, "report")).map((one) => hear(prepare(one), first));
  scored(
    "tuning half, by invented music and the other half",
    answersOf(heardTuning, [...heardInvented, ...reported]),
  );
}

async function write(name: string, text: string): Promise<void> {
  const path = join(FOLDER, name);
  await writeFile(path, await formatted(text, path));
}

function answersOf(heard: readonly Heard[], learnt: readonly Heard[]): Answered[] {
  const networks = fitSecond(learnt);
  return heard.map((one) => answered(one, networks));
}

function phaseNetworks(prepared: readonly Prepared[]) {
  return fitPhase(prepared.flatMap((one) => phaseChoice(one) ?? []));
}

function scored(title: string, answers: readonly Answered[]): void {
  const whole = answers.filter(({ example }) => !example.isCut);
  const share = (right: number) => `${((100 * right) / whole.length).toFixed(1)} %`;
  const first = whole.filter(({ isRight }) => isRight).length;
  const second = whole.filter(({ isOctave }) => isOctave).length;
  console.log(`${title}: accuracy 1 ${share(first)}, accuracy 2 ${share(second)} of ${whole.length}`);
}

await main(process.argv.slice(2));
