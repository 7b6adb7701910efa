/** What every worker is given at its start, from the files beside the running bundle. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { WorkerSetup } from "../../shared/job";

/** Set by the build. */
declare const APP_VERSION: string;

/** As much of the global as is used: Node's types have it only together with the browser's. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object> };

/** The built worker, and what is read by or beside it. */
export const WORKER_FILE = join(__dirname, "analyzer.js");
export const CHILD_FILE = join(__dirname, "child.js");
export const ESSENTIA_FILE = join(__dirname, "essentia.wasm");

/** essentia.js is compiled here once and shared: a compilation a thread would cost each its start. */
export async function loadWorkerSetup(): Promise<WorkerSetup> {
  const bytes = await readFile(ESSENTIA_FILE);
  return { essentia: await WebAssembly.compile(bytes), appVersion: APP_VERSION };
}
