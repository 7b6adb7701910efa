/** "Show Analysis Run": the Activity view. */
import type { CommandHandler } from "../contributions";
import type { Services } from "./Services";

export function showRun({ activity }: Services): CommandHandler {
  return () => activity.show();
}
