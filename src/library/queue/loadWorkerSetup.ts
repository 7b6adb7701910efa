/** What every worker is given at its start: the files beside the running bundle. */
import { join } from "node:path";
import type { WorkerSetup } from "../../shared/job";

/** Set by the build. */
declare const APP_VERSION: string;

/** The built worker, and what is read by or beside it. */
export const WORKER_FILE = join(__dirname, "analyzer.js");
export const CHILD_FILE = join(__dirname, "child.js");
export const ESSENTIA_FILE = join(__dirname, "essentia.wasm");

/** What a worker has by default. */
export function loadWorkerSetup(): WorkerSetup {
  return { essentiaFile: ESSENTIA_FILE, appVersion: APP_VERSION };
}
