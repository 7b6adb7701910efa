/**
 * Fits the models of src/analysis/rhythm anew: on the tuning half of a corpus (test/accuracy/halves.ts) and on
 * invented music. Writes tempoModel.ts and phaseModel.ts and prints the calibration for confidence.ts.
 * Usage: node scripts/run.mjs test/bench/fitTempo.ts CORPUS_DIR
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { clickExamples, corpusExamples, inventedExamples, withCuts } from "./rhythm/examples";
import { fitAll, prepare } from "./rhythm/fitTempo";
import { phaseText, tempoText } from "./rhythm/modelText";

const FOLDER = join("src", "analysis", "rhythm");

async function main([corpus]: string[]): Promise<void> {
  if (!corpus) throw new Error("usage: test/bench/fitTempo.ts CORPUS_DIR");
  const examples = [...withCuts(await corpusExamples(corpus)), ...inventedExamples(), ...clickExamples()];
  const fitted = fitAll(examples.map(prepare));
  await writeFile(join(FOLDER, "tempoModel.ts"), tempoText(fitted.first, fitted.networks));
  await writeFile(join(FOLDER, "phaseModel.ts"), phaseText(fitted.phase));
  console.log(`right in pieces left out: ${(100 * fitted.leftOut).toFixed(1)} %`);
  console.log("CALIBRATION =", fitted.calibration);
}

await main(process.argv.slice(2));
