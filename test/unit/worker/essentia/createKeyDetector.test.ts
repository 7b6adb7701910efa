/** essentia.js in this process: answers right, listens to nothing of the process, says when it is broken. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { KEY_NAMES } from "../../../../src/shared/analysis";
import { createKeyDetector, type KeyDetector } from "../../../../src/worker/essentia/createKeyDetector";
import { EssentiaBroken } from "../../../../src/worker/essentia/EssentiaBroken";
import { cadence } from "../../../fixtures/sound/tones";

const SAMPLE_RATE = 11025;
let module: WebAssembly.Module;
let detectKey: KeyDetector;

beforeAll(async () => {
  const file = createRequire(import.meta.url).resolve("essentia.js/dist/essentia-wasm.web.wasm");
  module = await WebAssembly.compile(await readFile(file));
  detectKey = await createKeyDetector(module);
});

describe("createKeyDetector", () => {
  it.each(["major", "minor"] as const)("names all twelve %s keys, with sharps", (mode) => {
    const heard = KEY_NAMES.map((_, tonic) =>
      detectKey(cadence({ tonic, mode, sampleRate: SAMPLE_RATE }), SAMPLE_RATE),
    );
    expect(heard.map(({ key }) => key)).toEqual(KEY_NAMES);
    expect(new Set(heard.map((answer) => answer.mode))).toEqual(new Set([mode]));
    expect(Math.min(...heard.map(({ strength }) => strength))).toBeGreaterThan(0.6);
  });

  it("leaves no listeners and no browser globals in the process", async () => {
    const names = ["uncaughtException", "unhandledRejection"] as const;
    const before = names.map((name) => process.listenerCount(name));
    await createKeyDetector(module);
    expect(names.map((name) => process.listenerCount(name))).toEqual(before);
    expect(globalThis).not.toHaveProperty("document");
    expect(globalThis).not.toHaveProperty("window");
  });

  it("writes nothing to the console when its memory grows", async () => {
    const log = vi.spyOn(console, "log").mockReturnValue();
    const detect = await createKeyDetector(module);
    detect(repeated(cadence({ tonic: 0, mode: "major", sampleRate: SAMPLE_RATE }), 60), SAMPLE_RATE);
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });

  it("says that it is broken after a failure, and stays so", async () => {
    const detect = await createKeyDetector(module);
    expect(() => detect(new Float32Array(0), SAMPLE_RATE)).toThrow(EssentiaBroken);
    const sound = cadence({ tonic: 0, mode: "major", sampleRate: SAMPLE_RATE });
    expect(() => detect(sound, SAMPLE_RATE)).toThrow(EssentiaBroken);
  });
});

function repeated(samples: Float32Array, times: number): Float32Array {
  const result = new Float32Array(samples.length * times);
  for (let i = 0; i < times; i++) result.set(samples, i * samples.length);
  return result;
}
