/** essentia.js' binary, read and compiled when it is first asked for: most workers never need it. */
import { readFile } from "node:fs/promises";

/** `file` is the path of essentia-wasm.web.wasm. What failed once, for want of memory say, is tried again. */
export function essentiaCompiler(file: string): () => Promise<WebAssembly.Module> {
  let compiled: Promise<WebAssembly.Module> | null = null;
  return () => {
    compiled ??= readFile(file)
      .then((bytes) => WebAssembly.compile(bytes))
      .catch((error: unknown) => {
        compiled = null;
        throw error;
      });
    return compiled;
  };
}
