/** The row under the header: where the numbers come from, or what is the matter with them. Always there. */
import type { PageToHost } from "../../shared/pageProtocol";
import { button, element } from "../element";
import { icon } from "../icon";
import type { Status } from "../text/status";
import { Elapsed } from "./Elapsed";

export class StatusRow {
  readonly root = element("div", { class: "status" });
  readonly #send: (message: PageToHost) => void;
  readonly #elapsed = new Elapsed();

  constructor(send: (message: PageToHost) => void) {
    this.#send = send;
  }

  show(status: Status | null): void {
    this.root.hidden = status === null;
    this.#elapsed.since(status?.since ?? null);
    if (!status) return;
    this.root.className = `status status-${status.tone}`;
    const parts: Node[] = [element("span", { text: status.text })];
    if (status.since !== null) parts.push(this.#elapsed.root);
    const { action } = status;
    if (action)
      parts.push(
        button({ class: "link", text: action.label }, () => {
          this.#send(action.message);
        }),
      );
    if (status.detail !== null) parts.push(element("span", { class: "status-detail", text: status.detail }));
    this.root.replaceChildren(sign(status.tone), element("div", { class: "status-text" }, parts));
  }
}

function sign(tone: Status["tone"]): Node {
  return tone === "busy"
    ? element("span", { class: "spinner", attributes: { "aria-hidden": "true" } })
    : icon(tone);
}
