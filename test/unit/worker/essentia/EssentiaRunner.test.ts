/** Faults of essentia.js stay its own: another instance, another try, and nothing left behind. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { EssentiaRunner } from "../../../../src/worker/essentia/EssentiaRunner";
import { spectralMeansOf } from "../../../../src/worker/essentia/windowMeasures";
import { sine } from "../../../fixtures/sound/tones";

let module: WebAssembly.Module;
const tone = sine({ seconds: 6, sampleRate: 44100, frequency: 440, amplitude: 0.5 });

beforeAll(async () => {
  const file = createRequire(import.meta.url).resolve("essentia.js/dist/essentia-wasm.web.wasm");
  module = await WebAssembly.compile(await readFile(file));
});

function counted(largestHeap?: number): { runner: EssentiaRunner; starts: () => number } {
  let starts = 0;
  const runner = new EssentiaRunner(() => {
    starts++;
    return Promise.resolve(module);
  }, largestHeap);
  return { runner, starts: () => starts };
}

describe("EssentiaRunner", () => {
  it("starts essentia.js when it is first needed, and once", async () => {
    const { runner, starts } = counted();
    expect(starts()).toBe(0);
    await runner.run(() => 1);
    expect(await runner.run(() => 2)).toBe(2);
    expect(starts()).toBe(1);
  });

  it("tries once more in a new instance after a C++ exception, then gives up", async () => {
    const { runner, starts } = counted();
    let tries = 0;
    const answer = await runner.run(({ algorithms, vector }) => {
      tries++;
      // A rate that it has no filter for: it throws a bare number.
      return algorithms.EqualLoudness(vector(tone), -1);
    });
    expect([answer, tries, starts()]).toEqual([null, 2, 2]);
    expect(await runner.run(() => "well again")).toBe("well again");
    expect(starts()).toBe(3);
  });

  it("goes on after a try that failed once", async () => {
    const { runner, starts } = counted();
    let tries = 0;
    const answer = await runner.run(() => {
      if (++tries === 1) throw new WebAssembly.RuntimeError("memory access out of bounds");
      return "second";
    });
    expect([answer, starts()]).toEqual(["second", 2]);
  });

  it("gives the same numbers each time, also where it puts noise into silence", async () => {
    const sound = tone.map((sample, i) => (i < tone.length / 2 ? sample : 0));
    const measure = () => counted().runner.run((scope) => spectralMeansOf(scope, sound));
    const first = await measure();
    // The seed was the time of day in seconds.
    vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ["Date"] });
    expect(await measure()).toEqual(first);
    vi.useRealTimers();
  });

  it("gives memory back: thirty times over, the same sound needs no more than ten times", async () => {
    const { runner } = counted();
    const measure = async (times: number): Promise<number> => {
      for (let i = 0; i < times; i++) {
        await runner.run(({ algorithms, vector, hold }) =>
          hold(algorithms.Danceability(vector(tone), 8800, 310, 44100, 1.1)),
        );
      }
      return runner.heapBytes;
    };
    const afterTen = await measure(10);
    expect(afterTen).toBeGreaterThan(0);
    expect(await measure(20)).toBe(afterTen);
  });

  it("leaves an instance behind whose memory has grown past the bound", async () => {
    const bound = 32e6;
    const { runner, starts } = counted(bound);
    await runner.run(({ vector }) => vector(new Float32Array(8e6)));
    expect(runner.heapBytes).toBeGreaterThan(bound);
    await runner.run(() => true);
    expect([starts(), runner.heapBytes < bound]).toEqual([2, true]);
  });
});
