/** "Show Failed": the Activity view with its failed files. */
import type { CommandHandler } from "../contributions";
import type { Services } from "./Services";

export function showFailed({ activity, failed }: Services): CommandHandler {
  return async () => {
    await failed.refresh();
    await activity.showFailed();
  };
}
