/** Messages of the page are checked before they are believed: a page is web content. */
import type { PageToHost } from "../../shared/pageProtocol";

/** The message, or null when it is none of ours. */
export function readPageMessage(message: unknown): PageToHost | null {
  if (typeof message !== "object" || message === null || !("type" in message)) return null;
  switch (message.type) {
    case "ready":
    case "cancel":
    case "showLog":
    case "copyValues":
      return { type: message.type };
    case "analyze":
      return "force" in message && typeof message.force === "boolean"
        ? { type: "analyze", force: message.force }
        : null;
    default:
      return null;
  }
}
