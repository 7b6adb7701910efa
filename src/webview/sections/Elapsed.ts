/** Time passed since a moment, counted each second and not read out. */
import { formatDuration } from "../../shared/format";
import { element } from "../element";

export class Elapsed {
  readonly root = element("span", { class: "elapsed", attributes: { role: "timer", "aria-live": "off" } });
  #timer: ReturnType<typeof setInterval> | undefined;

  /** ms since 1970; null stops counting. */
  since(moment: number | null): void {
    clearInterval(this.#timer);
    if (moment === null) return;
    const show = (): void => {
      this.root.textContent = formatDuration(Math.max(0, Math.floor((Date.now() - moment) / 1000)));
    };
    show();
    this.#timer = setInterval(show, 1000);
  }
}
