/**
 * Starts essentia.js from a WebAssembly.Module that was compiled once and shared. Its "web" build is used: the
 * one made for Node listens to all uncaught errors of the process and carries the binary inside the script.
 */
import type { CreateEssentia, EssentiaModule, WasmImports } from "./essentiaModule";

export async function loadEssentia(module: WebAssembly.Module): Promise<EssentiaModule> {
  const { default: createEssentia } = await import("essentia.js/dist/essentia-wasm.web.js");
  const create = createEssentia as CreateEssentia;
  return await asInBrowser(() =>
    create({
      instantiateWasm: (imports, receive) => {
        const instance = new WebAssembly.Instance(module, withoutClock(withSilentGrowth(imports)));
        receive(instance, module);
        return instance.exports;
      },
      // What it says is said again by what it throws.
      print: () => undefined,
      printErr: () => undefined,
    }),
  );
}

/**
 * Runs `start` with the two globals that the web build looks for. It is done with them when `start` returns
 * its promise, so no other code of this thread can see them.
 */
function asInBrowser<T>(start: () => T): T {
  const restore = [replaceProperty(globalThis, "document", {}), replaceProperty(globalThis, "window", {})];
  try {
    return start();
  } finally {
    for (const undo of restore) undo();
  }
}

/** Growing its memory writes a line to the console, which may be the command line's JSON output. */
function withSilentGrowth(imports: WasmImports): WasmImports {
  const { env } = imports;
  const grow = env?.["emscripten_resize_heap"];
  if (typeof grow !== "function") throw new Error("essentia.js is not the build this was written for");
  const growSilently = (bytes: number): unknown => {
    const undo = replaceProperty(console, "log", () => undefined);
    try {
      return (grow as (bytes: number) => unknown)(bytes);
    } finally {
      undo();
    }
  };
  return { ...imports, env: { ...env, emscripten_resize_heap: growSilently } };
}

/**
 * Frames of digital silence get a little noise, seeded by the time of day. With a clock that stands still the same
 * sound has the same numbers each time.
 */
function withoutClock(imports: WasmImports): WasmImports {
  return { ...imports, env: { ...imports["env"], time: () => 0, clock: () => 0 } };
}

/** Sets a property and answers how to put back what was there. */
function replaceProperty(target: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: true });
  return () => {
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
  };
}
