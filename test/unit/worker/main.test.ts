import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../../src/shared/limits";
import task, { configure } from "../../../src/worker/main";
import { wavBytes } from "../../fixtures/sound/wavBytes";
import { temporaryPath } from "./decodeBytes";

describe("the worker's task in the engine's own process", () => {
  it("can't be used before it is configured, and analyses files afterwards", async () => {
    const analyze = task;
    const path = await temporaryPath("sound.wav");
    await writeFile(path, wavBytes([new Float32Array(8000).fill(0.5)], 8000));
    const job = { path, limits: DEFAULT_LIMITS, essentia: false };
    expect(() => analyze(job)).toThrow("configured");
    configure({ essentiaFile: "/nobody/asks/for/it.wasm", appVersion: "4.5.6" });
    const { analysis } = await analyze(job);
    expect(analysis).toMatchObject({
      state: "analyzed",
      format: { samples: 8000, bitDepth: 16 },
      versions: { app: "4.5.6" },
      timing: { workerId: expect.any(Number) as number },
    });
  });
});
