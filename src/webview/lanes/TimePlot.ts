/**
 * A plot of the part in view: press or drag to go there, wheel to move, Ctrl+wheel to zoom, and a thin line at the
 * pointer that says the time. Every lane but the overview is one.
 */
import { element } from "../element";
import { formatDuration } from "../../shared/format";
import type { Surface } from "./drawWaveform";
import { Plot } from "./Plot";
import { whole, type TimeWindow } from "./timeWindow";

export interface TimeActions {
  seek: (time: number) => void;
  /** Moves the window by so many seconds. */
  pan: (seconds: number) => void;
  zoom: (factor: number, at: number) => void;
}

/** Zoom for one notch of a wheel (100 px): half as much again. */
const ZOOM_PER_PX = Math.log(1.5) / 100;

export class TimePlot {
  readonly plot: Plot;
  readonly #pointerTime = element("span");
  readonly #pointer = element("div", { class: "pointer", attributes: { "aria-hidden": "true" } }, [
    this.#pointerTime,
  ]);
  readonly #actions: TimeActions;
  #window: TimeWindow = whole(0);

  constructor(
    attributes: Record<string, string>,
    actions: TimeActions,
    draw: (surface: Surface, window: TimeWindow) => void,
  ) {
    this.#actions = actions;
    this.plot = new Plot(attributes, (surface) => {
      if (this.#window.length > 0) draw(surface, this.#window);
    });
    this.#pointer.hidden = true;
    this.plot.root.append(this.#pointer);
    this.#listen();
  }

  setWindow(window: TimeWindow): void {
    this.#window = window;
    this.plot.redraw();
  }

  placePlayhead(position: number): void {
    this.plot.placePlayhead(position, this.#window);
  }

  #timeAt(event: MouseEvent): number {
    return this.#window.start + this.plot.shareAt(event) * this.#window.length;
  }

  #listen(): void {
    const { root } = this.plot;
    root.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      root.setPointerCapture(event.pointerId);
      this.#actions.seek(this.#timeAt(event));
    });
    root.addEventListener("pointerleave", () => {
      this.#pointer.hidden = true;
    });
    root.addEventListener("pointermove", (event) => {
      this.#pointAt(event);
      if (root.hasPointerCapture(event.pointerId)) this.#actions.seek(this.#timeAt(event));
    });
    root.addEventListener(
      "wheel",
      (event) => {
        this.#wheel(event);
      },
      { passive: false },
    );
  }

  /** On the side that has room. */
  #pointAt(event: MouseEvent): void {
    const share = this.plot.shareAt(event);
    this.#pointer.hidden = false;
    this.#pointerTime.textContent = formatDuration(this.#timeAt(event), this.#window.length < 20 ? 2 : 1);
    this.#pointer.style.left = `${share * 100}%`;
    this.#pointer.classList.toggle("is-left", share > 0.9);
  }

  #wheel(event: WheelEvent): void {
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    if (event.ctrlKey) this.#actions.zoom(Math.exp(-event.deltaY * ZOOM_PER_PX), this.#timeAt(event));
    else if (sideways !== 0) this.#actions.pan((sideways / this.plot.root.clientWidth) * this.#window.length);
    else return;
    event.preventDefault();
  }
}
