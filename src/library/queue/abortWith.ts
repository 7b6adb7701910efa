/**
 * A controller that aborts with another signal. AbortSignal.any does the same, but leaves a trace of each use
 * in a signal that lives for a whole run of a hundred thousand files.
 */
export interface LinkedAbort {
  controller: AbortController;
  /** Must be called when the controller is no longer needed. */
  unlink: () => void;
}

export function abortWith(signal: AbortSignal): LinkedAbort {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  return {
    controller,
    unlink: () => {
      signal.removeEventListener("abort", abort);
    },
  };
}
