/** What every worker is given at its start: the files beside the running bundle. */
import { join } from "node:path";
import type { WorkerSetup } from "../../shared/job";

/** Set by the build. */
declare const APP_VERSION: string;

/** The built worker, and what a worker's process starts with. */
export const WORKER_FILE = join(__dirname, "analyzer.js");
export const CHILD_FILE = join(__dirname, "child.js");

/** What a worker has by default. */
export function workerSetup(): WorkerSetup {
  return { essentiaFile: join(__dirname, "essentia.wasm"), appVersion: APP_VERSION };
}
