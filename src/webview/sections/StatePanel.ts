/** What the page shows in place of numbers: never analysed, waiting, running, failed, gone … */
import type { PageToHost } from "../../shared/pageProtocol";
import { button, element } from "../element";
import { icon } from "../icon";
import type { Panel } from "../text/panel";
import { Elapsed } from "./Elapsed";

export class StatePanel {
  readonly root = element("section", { class: "panel", attributes: { "aria-label": "State" } });
  readonly #send: (message: PageToHost) => void;
  readonly #elapsed = new Elapsed();

  constructor(send: (message: PageToHost) => void) {
    this.#send = send;
  }

  show(panel: Panel | null): void {
    this.#elapsed.since(panel?.since ?? null);
    this.root.hidden = panel === null;
    if (!panel) return;
    this.root.className = `panel panel-${panel.tone}`;
    this.root.replaceChildren(...this.#parts(panel));
  }

  #parts(panel: Panel): Node[] {
    const parts: Node[] = [];
    if (panel.title) {
      const title = element("h2", { class: "panel-title", text: panel.title });
      if (panel.tone === "error" || panel.tone === "info") title.prepend(icon(panel.tone));
      parts.push(title);
    }
    if (panel.tone === "busy")
      parts.push(
        element("div", { class: "progress", attributes: { role: "progressbar", "aria-label": panel.title } }),
      );
    if (panel.text) parts.push(element("p", { text: panel.text }));
    if (panel.since !== null) parts.push(this.#elapsed.root);
    if (panel.detail !== null) parts.push(element("p", { class: "dim panel-detail", text: panel.detail }));
    if (panel.actions.length > 0) parts.push(this.#actions(panel));
    return parts;
  }

  #actions(panel: Panel): HTMLElement {
    const buttons = panel.actions.map((action, index) => {
      const isMeant = index === 0 && action.message.type === "analyze";
      return button({ class: isMeant ? "primary" : "secondary", text: action.label }, () => {
        this.#send(action.message);
      });
    });
    return element("div", { class: "panel-actions" }, buttons);
  }
}
