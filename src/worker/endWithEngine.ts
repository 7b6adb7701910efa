/**
 * A worker's process ends with the engine that started it. Its channel tells it so, but nobody listens to that in the
 * middle of a decoder that never comes back: a small thread looks after the engine, and ends the process for it.
 */
import { Worker } from "node:worker_threads";

/** Time for the process to hear it by itself. */
const LOOK_EVERY_MS = 1000;
/** As small as a thread can be; it still takes about 7 MB. */
const RESOURCES = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 };

/** What the thread does. The parent's number changes when it is gone, but not on Windows. */
const WATCH = `
const { workerData: engine } = require("node:worker_threads");
const parent = process.ppid;
function isGone() {
  if (process.ppid !== parent) return true;
  try {
    process.kill(engine, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}
let goneFor = 0;
setInterval(() => {
  goneFor = isGone() ? goneFor + 1 : 0;
  if (goneFor > 1) process.kill(process.pid, "SIGKILL");
}, ${LOOK_EVERY_MS});
`;

/** `engine`: the number of the process to end with. */
export function endWithEngine(engine: number): void {
  const watch = new Worker(WATCH, { eval: true, workerData: engine, resourceLimits: RESOURCES });
  // Without it the process is as it would be: it ends where its channel does.
  watch.on("error", () => undefined);
  watch.unref();
}
