/** essentia.js in this process: listens to nothing of it, leaves nothing in it, says nothing. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { beforeAll, expect, it, vi } from "vitest";
import { loadEssentia } from "../../../../src/worker/essentia/loadEssentia";

let module: WebAssembly.Module;

beforeAll(async () => {
  const file = createRequire(import.meta.url).resolve("essentia.js/dist/essentia-wasm.web.wasm");
  module = await WebAssembly.compile(await readFile(file));
});

it("leaves no listeners and no browser globals in the process", async () => {
  const names = ["uncaughtException", "unhandledRejection"] as const;
  const before = names.map((name) => process.listenerCount(name));
  await loadEssentia(module);
  expect(names.map((name) => process.listenerCount(name))).toEqual(before);
  expect(globalThis).not.toHaveProperty("document");
  expect(globalThis).not.toHaveProperty("window");
});

it("writes nothing to the console when its memory grows", async () => {
  const log = vi.spyOn(console, "log").mockReturnValue();
  const essentia = await loadEssentia(module);
  const before = essentia.HEAPU8.length;
  essentia.arrayToVector(new Float32Array(8e6)).delete();
  expect(essentia.HEAPU8.length).toBeGreaterThan(before);
  expect(log).not.toHaveBeenCalled();
  log.mockRestore();
});
