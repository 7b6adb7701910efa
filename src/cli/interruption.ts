/** How the command line is stopped from outside. */
import { EXIT } from "./exitStatus";

/** Ctrl+C once: stop and keep what is done. Twice: end at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return controller.signal;
}
