/** Runs sounds and files through the real measurements, essentia.js included, as the worker does. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { AnalysisPass } from "../../src/analysis/analyze";
import type { KeyDetector, PassResult } from "../../src/analysis/analyze";
import { openAudio } from "../../src/worker/decode/openAudio";
import { createKeyDetector } from "../../src/worker/essentia/createKeyDetector";
import { FileSource } from "../../src/worker/FileSource";

/** essentia.js' binary, compiled. */
export async function compileEssentia(): Promise<WebAssembly.Module> {
  const file = createRequire(import.meta.url).resolve("essentia.js/dist/essentia-wasm.web.wasm");
  return await WebAssembly.compile(await readFile(file));
}

export async function loadKeyDetector(): Promise<KeyDetector> {
  return await createKeyDetector(await compileEssentia());
}

/** Measures samples, one array a channel. */
export function listen(
  channels: readonly Float32Array[],
  sampleRate: number,
  detectKey: KeyDetector,
): PassResult {
  const pass = new AnalysisPass({ sampleRate, channels: channels.length, detectKey });
  pass.push(channels, channels[0]?.length ?? 0);
  return pass.finish();
}

/** Decodes and measures a file. */
export async function listenToFile(path: string, detectKey: KeyDetector): Promise<PassResult> {
  const source = await FileSource.open(path);
  try {
    const stream = await openAudio(source);
    const { sampleRate, channels } = stream.format;
    const pass = new AnalysisPass({ sampleRate, channels, detectKey });
    for await (const block of stream.blocks()) pass.push(block.channels, block.length);
    stream.close();
    return pass.finish();
  } finally {
    await source.close();
  }
}
