/** Tells screen readers, politely and once, that the state has changed. */
import { element } from "./element";

export class Announcer {
  readonly root = element("div", {
    class: "visually-hidden",
    attributes: { role: "status", "aria-live": "polite" },
  });

  say(text: string): void {
    if (this.root.textContent !== text) this.root.textContent = text;
  }
}
