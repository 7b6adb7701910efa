/**
 * One canvas on the time axis, as sharp as the screen, with a playhead over it. It draws when it is asked
 * to, when its size changes and when the theme does; several calls before the next frame draw once.
 */
import { element } from "../element";
import type { Surface } from "./drawWaveform";
import { laneColours, onThemeChange } from "./laneColours";
import type { TimeWindow } from "./timeWindow";

export class Plot {
  /** Carries the role, the name and the focus. */
  readonly root: HTMLElement;
  readonly #canvas = element("canvas", { attributes: { "aria-hidden": "true" } });
  readonly #playhead = element("div", { class: "playhead" });
  readonly #draw: (surface: Surface) => void;
  #isAsked = false;

  constructor(attributes: Record<string, string>, draw: (surface: Surface) => void) {
    this.#draw = draw;
    this.root = element("div", { class: "plot", attributes }, [this.#canvas, this.#playhead]);
    new ResizeObserver(() => {
      this.redraw();
    }).observe(this.root);
    onThemeChange(() => {
      this.redraw();
    });
  }

  redraw(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame(() => {
      this.#isAsked = false;
      this.#paint();
    });
  }

  /** Hidden when it is out of sight. */
  placePlayhead(time: number, window: TimeWindow): void {
    const share = (time - window.start) / window.length;
    this.#playhead.hidden = !(share >= 0 && share <= 1);
    this.#playhead.style.transform = `translateX(${share * this.root.clientWidth}px)`;
  }

  /** The share (0–1) of the width at which a pointer is. */
  shareAt(event: MouseEvent): number {
    const box = this.root.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  }

  #paint(): void {
    const ratio = window.devicePixelRatio;
    const width = Math.round(this.root.clientWidth * ratio);
    const height = Math.round(this.root.clientHeight * ratio);
    const context = this.#canvas.getContext("2d");
    if (!context || width === 0 || height === 0) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#draw({ context, width, height, ratio, colours: laneColours(this.root) });
  }
}
