/** "Cancel This File": takes one file out of the run; all others are analysed as asked. */
import type { CommandHandler } from "../contributions";
import type { Services } from "./Services";

export function cancelFile({ runs }: Services): CommandHandler {
  return async (node) => {
    const file = activePath(node);
    if (file !== null) await runs.cancelFile(file);
  };
}

/** The file of a row of the run, and nothing else. */
function activePath(node: unknown): string | null {
  if (typeof node !== "object" || node === null || !("kind" in node) || node.kind !== "active") return null;
  return "path" in node && typeof node.path === "string" ? node.path : null;
}
