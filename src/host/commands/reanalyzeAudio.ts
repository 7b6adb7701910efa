/** "Re-analyze": measures the picked files, or the active editor's, even if they are unchanged. */
import type { CommandHandler } from "../contributions";
import { activeAudioUri, pickedUris } from "../picked";
import { startAnalysis } from "../runs/startAnalysis";
import type { Services } from "./Services";

export function reanalyzeAudio({ runs }: Services): CommandHandler {
  return async (first, all) => {
    const picked = pickedUris(first, all);
    const active = activeAudioUri();
    const uris = picked.length > 0 || !active ? picked : [active];
    if (uris.length > 0) await startAnalysis(runs, uris, { force: true });
  };
}
