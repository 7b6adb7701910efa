/** "Pause Analysis" and "Resume Analysis": what is under way when a run is paused goes on to its end. */
import type { CommandHandler } from "../contributions";
import type { Services } from "./Services";

export function pauseAnalysis({ runs }: Services): CommandHandler {
  return () => runs.pause();
}

export function resumeAnalysis({ runs }: Services): CommandHandler {
  return () => runs.goOn();
}
