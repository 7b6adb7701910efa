/** Runs sounds and files through the real measurements as the worker does. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { AnalysisPass } from "../../src/analysis/analyze";
import type { PassResult } from "../../src/analysis/analyze";
import type { Analysis } from "../../src/shared/analysis";
import type { CancelSignal } from "../../src/shared/job";
import { DEFAULT_LIMITS } from "../../src/shared/limits";
import { AudioAnalyzer } from "../../src/worker/AudioAnalyzer";

/** essentia.js' binary, compiled. */
export async function compileEssentia(): Promise<WebAssembly.Module> {
  const file = createRequire(import.meta.url).resolve("essentia.js/dist/essentia-wasm.web.wasm");
  return await WebAssembly.compile(await readFile(file));
}

/** Measures samples, one array a channel. */
export function listen(channels: readonly Float32Array[], sampleRate: number): PassResult {
  const pass = new AnalysisPass({ sampleRate, channels: channels.length });
  pass.push(channels, channels[0]?.length ?? 0);
  return pass.finish();
}

/** The whole analysis of files by path, decoding included, in this thread. */
export function fileAnalyzer(): (path: string, signal?: CancelSignal) => Promise<Analysis> {
  const analyzer = new AudioAnalyzer({
    compileEssentia,
    appVersion: "0.0.0-accuracy",
    workerId: 0,
  });
  const job = { limits: DEFAULT_LIMITS, essentia: false };
  return async (path, signal) =>
    (await analyzer.analyze({ path, ...job }, signal ? { signal } : {})).analysis;
}
