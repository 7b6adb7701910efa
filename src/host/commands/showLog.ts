/** "Show Log": the output channel. */
import type { CommandHandler } from "../contributions";
import type { Services } from "./Services";

export function showLog({ channel }: Services): CommandHandler {
  return () => {
    channel.show();
  };
}
