/**
 * Tempo over a corpus: how often it is right, how often null, and what it costs, ours and, when asked for, that
 * of essentia.js' RhythmExtractor2013 on the same files.
 * Usage: node scripts/run.mjs test/bench/tempo.ts CORPUS_DIR [--essentia]
 * CORPUS_DIR holds MANIFEST.json: { files: [{ file, truth: { tempo } }] }.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { MonoMix } from "../../src/analysis/dsp/MonoMix";
import { RhythmExtractor } from "../../src/analysis/rhythm/RhythmExtractor";
import { isTempo, isTempoOrOctave } from "../accuracy/scores";
import { decodeFile } from "./decodeFile";
import type { DecodedFile } from "./decodeFile";
import { essentiaTempos } from "./essentiaTempo";

interface KnownFile {
  file: string;
  tempo: number;
}

interface Method {
  name: string;
  /** BPM, or null for none. */
  measure: (audio: DecodedFile) => Promise<number | null>;
}

interface Answer {
  known: KnownFile;
  tempo: number | null;
  cpuMs: number;
  seconds: number;
}

const OURS: Method = {
  name: "playlista",
  measure: async ({ channels, sampleRate }) => {
    const mix = new MonoMix({ sampleRate, channels: channels.length });
    const extractor = new RhythmExtractor(mix.sampleRate);
    mix.push(channels, channels[0]?.length ?? 0, (mono) => {
      extractor.push(mono);
    });
    return await Promise.resolve(extractor.finish().values.tempo);
  },
};

async function main([corpus, ...options]: string[]): Promise<void> {
  if (!corpus) throw new Error("usage: test/bench/tempo.ts CORPUS_DIR [--essentia]");
  const methods = [OURS];
  if (options.includes("--essentia")) methods.push(...(await essentiaTempos()));
  const answers = new Map(methods.map(({ name }) => [name, [] as Answer[]]));
  const passedOver: string[] = [];
  for (const known of await knownFiles(corpus)) {
    const audio = await decodeFile(join(corpus, known.file)).catch(() => null);
    if (!audio) {
      passedOver.push(known.file);
      continue;
    }
    for (const { name, measure } of methods) {
      const before = process.cpuUsage();
      const tempo = await measure(audio);
      const { user, system } = process.cpuUsage(before);
      const seconds = (audio.channels[0]?.length ?? 0) / audio.sampleRate;
      answers.get(name)?.push({ known, tempo, cpuMs: (user + system) / 1000, seconds });
    }
  }
  for (const [name, of] of answers) report(name, of);
  reportCost(answers);
  console.log(`not decodable here: ${passedOver.length} (${passedOver.join(", ")})`);
}

/** Files with a tempo, as the corpus' README counts them: of the encodes one, no tags and no broken files. */
async function knownFiles(corpus: string): Promise<KnownFile[]> {
  const text = await readFile(join(corpus, "MANIFEST.json"), "utf8");
  const { files } = JSON.parse(text) as { files: { file: string; truth?: { tempo?: number | null } }[] };
  return files.flatMap(({ file, truth }) => {
    const counts = !/^(malformed|tagged|encodes)\//.test(file) || file === "encodes/piece-s16-mono.wav";
    return counts && truth?.tempo ? [{ file, tempo: truth.tempo }] : [];
  });
}

function report(name: string, answers: readonly Answer[]): void {
  const kinds = new Map<string, Answer[]>([["all", [...answers]]]);
  for (const answer of answers) {
    const kind = answer.known.file.split("/")[0] ?? "";
    kinds.set(kind, [...(kinds.get(kind) ?? []), answer]);
  }
  console.log(`\n${name}: accuracy 1, accuracy 2 (null counts as wrong); null; accuracies of those given`);
  for (const [kind, of] of kinds) {
    const given = of.filter(({ tempo }) => tempo !== null);
    console.log(
      [
        kind.padEnd(10),
        `${of.length} files`.padStart(10),
        ...accuracies(of),
        `${of.length - given.length} null`.padStart(9),
        ...accuracies(given),
      ].join("  "),
    );
  }
}

function accuracies(answers: readonly Answer[]): string[] {
  return [isTempo, isTempoOrOctave].map((isRight) => {
    const right = answers.filter(({ tempo, known }) => isRight(tempo, known.tempo)).length;
    return `${((100 * right) / answers.length).toFixed(1)} %`.padStart(7);
  });
}

function reportCost(answers: ReadonlyMap<string, readonly Answer[]>): void {
  console.log("\nCPU per second of audio, decoding left out, and as a ratio to the first");
  let first = 0;
  for (const [name, of] of answers) {
    const sum = (value: (answer: Answer) => number) => of.reduce((total, answer) => total + value(answer), 0);
    const cost = sum(({ cpuMs }) => cpuMs) / sum(({ seconds }) => seconds);
    first ||= cost;
    console.log(`${name.padEnd(34)} ${cost.toFixed(2)} ms/s  × ${(cost / first).toFixed(1)}`);
  }
}

await main(process.argv.slice(2));
