/**
 * How right the analysis is over a folder of music with known answers, beside the tools that others use.
 * Usage: npm run accuracy -- CORPUS [--losses] [--harder] [--plot] [--no-peers]
 * CORPUS holds MANIFEST.json (see corpus.ts). --losses names each file that is wrong; --harder asks for the keys of
 * the same pieces made harder; --plot writes docs/calibration.svg.
 */
import { writeFile } from "node:fs/promises";
import { ourAnswers, ourRole, OUR_ROLE, peerAnswers, type Tool } from "../accuracy/answers";
import { calibrationsOf, printCalibration, type Calibration } from "../accuracy/calibration";
import { calibrationPlot } from "../accuracy/calibrationPlot";
import { servesAsChild } from "../accuracy/children";
import { readCorpus, type CorpusFile } from "../accuracy/corpus";
import { halfOf } from "../accuracy/halves";
import { HARDER_ROLE, harderRole, printHarder } from "../accuracy/harderKeys";
import { printLosses } from "../accuracy/losses";
import { ESSENTIA_JS_ROLE, essentiaJs, essentiaJsRole } from "../accuracy/peers/essentiaJs";
import { findAubio, findEssentia } from "../accuracy/peers/programs";
import { printScores } from "../accuracy/scoreTable";

const PLOT = "docs/calibration.svg";

async function main([corpus = "", ...options]: string[]): Promise<void> {
  if (corpus === "" || corpus.startsWith("-"))
    throw new Error("usage: npm run accuracy -- CORPUS [--losses] …");
  const files = await readCorpus(corpus);
  const ours = await ourAnswers(files);
  const tools = options.includes("--no-peers") ? [ours] : [ours, ...(await askPeers(files))];
  report(files, tools);
  const calibrations = calibrate(files, ours);
  if (options.includes("--losses")) printLosses(files, tools);
  if (options.includes("--harder")) calibrations.push(await printHarder(files));
  if (options.includes("--plot")) await writeFile(PLOT, calibrationPlot(calibrations));
}

/** Prints it for all files and for those never tuned on, and answers the latter. */
function calibrate(files: readonly CorpusFile[], ours: Tool): Calibration[] {
  const all = calibrationsOf(files, ours);
  for (const calibration of all) printCalibration(calibration);
  console.log("\nOf that, the half never tuned on:");
  const isReported = files.map(({ file }) => halfOf(file) === "report");
  const half = calibrationsOf(
    files.filter((_, i) => isReported[i]),
    { ...ours, answers: ours.answers.filter((_, i) => isReported[i]) },
  );
  for (const calibration of half) printCalibration(calibration);
  return half;
}

async function askPeers(files: readonly CorpusFile[]): Promise<Tool[]> {
  const tools = [await peerAnswers(essentiaJs, files)];
  for (const [name, peer] of [
    ["Essentia (a Python with it: PLAYLISTA_PYTHON)", findEssentia()],
    ["aubio", findAubio()],
  ] as const) {
    if (peer) tools.push(await peerAnswers(peer, files));
    else console.log(`${name}: absent`);
  }
  return tools;
}

function report(files: readonly CorpusFile[], tools: readonly Tool[]): void {
  const inHalf = (half: string) => (file: CorpusFile) => halfOf(file.file) === half;
  printScores("The half never tuned on", tools, { files, belongs: inHalf("report") });
  printScores("The half that parameters were tuned on", tools, { files, belongs: inHalf("tune") });
  printScores("All", tools, { files, belongs: () => true });
  for (const folder of new Set(files.map(({ file }) => file.split("/")[0] ?? ""))) {
    const belongs = ({ file }: CorpusFile): boolean => file.startsWith(`${folder}/`);
    printScores(`Of all, ${folder}`, tools, { files, belongs, only: ["tempo", "beats", "key"] });
  }
}

const isChild = await servesAsChild({
  [OUR_ROLE]: ourRole,
  [ESSENTIA_JS_ROLE]: essentiaJsRole,
  [HARDER_ROLE]: harderRole,
});
if (!isChild) await main(process.argv.slice(2));
