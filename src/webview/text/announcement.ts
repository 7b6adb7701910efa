/** What a screen reader is told when the state changes. */
import { formatHeadline, headlineOf } from "../../shared/format";
import type { PageState } from "../../shared/pageProtocol";
import { panelOf } from "./panel";
import { statusOf } from "./status";

export function announcement(state: PageState): string {
  if (state.kind === "loading") return "";
  if (state.kind === "analyzed") {
    const { analysis } = state;
    const status = statusOf(state, analysis);
    const headline = formatHeadline(headlineOf(analysis));
    return status?.tone === "ok" ? `Analyzed. ${headline}` : (status?.text ?? "");
  }
  const panel = panelOf(state);
  return [panel?.title, panel?.text].filter(Boolean).join(". ");
}
