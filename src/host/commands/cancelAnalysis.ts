/** "Cancel Analysis": ends the run now; files that are done stay done. */
import type { CommandHandler } from "../contributions";
import type { Services } from "./Services";

export function cancelAnalysis({ runs }: Services): CommandHandler {
  return () => runs.cancel();
}
