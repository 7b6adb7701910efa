/**
 * What essentia.js' own values cost: CPU a second of sound, and memory file after file and over a long file.
 * Usage: node scripts/run.mjs test/bench/essentia.ts MINUTES FILE…
 */
import { compileEssentia } from "../accuracy/listen";
import { EssentiaExtractor } from "../../src/worker/essentia/EssentiaExtractor";
import { decodeFile, type DecodedFile } from "./decodeFile";

const BLOCK = 16384;

interface Memory {
  rssMB: number;
  /** WebAssembly's memory and typed arrays. */
  externalMB: number;
}

class Meter {
  readonly #peak: Memory = { rssMB: 0, externalMB: 0 };

  look(): void {
    const { rss, external } = process.memoryUsage();
    this.#peak.rssMB = Math.max(this.#peak.rssMB, rss / 1e6);
    this.#peak.externalMB = Math.max(this.#peak.externalMB, external / 1e6);
  }

  get text(): string {
    return `peak ${this.#peak.rssMB.toFixed(0)} MB resident, ${this.#peak.externalMB.toFixed(0)} MB external`;
  }
}

/** Measures a sound `times` over, as one file; gives its seconds. */
async function measure(
  { channels, sampleRate }: DecodedFile,
  times: number,
  module: WebAssembly.Module,
  meter: Meter,
): Promise<number> {
  const extractor = new EssentiaExtractor({
    sampleRate,
    channels: channels.length,
    compile: () => Promise.resolve(module),
    pause: () => {
      meter.look();
      return Promise.resolve();
    },
  });
  const length = channels[0]?.length ?? 0;
  for (let time = 0; time < times; time++) {
    for (let at = 0; at < length; at += BLOCK) {
      const count = Math.min(BLOCK, length - at);
      await extractor.push(
        channels.map((samples) => samples.subarray(at, at + count)),
        count,
      );
    }
  }
  const { missing } = await extractor.finish();
  meter.look();
  for (const [name, reason] of Object.entries(missing)) console.log(`  no ${name}: ${reason}`);
  return (times * length) / sampleRate;
}

async function timed(name: string, work: () => Promise<number>): Promise<void> {
  const before = process.cpuUsage();
  const seconds = await work();
  const { user, system } = process.cpuUsage(before);
  const cost = (user + system) / 1000 / seconds;
  const memory = (process.memoryUsage().rss / 1e6).toFixed(0);
  console.log(`${name}: ${seconds.toFixed(0)} s, ${cost.toFixed(0)} ms/s, ${memory} MB resident after it`);
}

async function main([minutes = "", ...files]: string[]): Promise<void> {
  const [first] = files;
  if (!first || !(Number(minutes) > 0)) throw new Error("usage: test/bench/essentia.ts MINUTES FILE…");
  const module = await compileEssentia();
  const meter = new Meter();
  for (const file of files) {
    await timed(file, async () => measure(await decodeFile(file), 1, module, meter));
  }
  console.log(`${files.length} files: ${meter.text}`);
  const audio = await decodeFile(first);
  const seconds = (audio.channels[0]?.length ?? 0) / audio.sampleRate;
  const long = new Meter();
  await timed(`${minutes} minutes`, () =>
    measure(audio, Math.ceil((60 * Number(minutes)) / seconds), module, long),
  );
  console.log(`${minutes} minutes: ${long.text}`);
}

await main(process.argv.slice(2));
