/** The part in view, large, under a time ruler: press to go there, wheel to move, Ctrl+wheel to zoom. */
import { element } from "../element";
import { formatDuration } from "../../shared/format";
import type { Waveform } from "../../shared/view";
import { drawRuler, drawWaveform } from "./drawWaveform";
import { Plot } from "./Plot";
import { whole, type TimeWindow } from "./timeWindow";

export interface WaveformActions {
  seek: (time: number) => void;
  /** Moves the window by so many seconds. */
  pan: (seconds: number) => void;
  zoom: (factor: number, at: number) => void;
}

/** Zoom for one notch of a wheel (100 px): half as much again. */
const ZOOM_PER_PX = Math.log(1.5) / 100;

export class WaveformLane {
  readonly plot: Plot;
  readonly #pointer = element("div", { class: "pointer", attributes: { "aria-hidden": "true" } });
  readonly #actions: WaveformActions;
  #waveform: Waveform | null = null;
  #window: TimeWindow = whole(0);

  constructor(actions: WaveformActions) {
    this.#actions = actions;
    this.plot = new Plot({ role: "slider", "aria-label": "Position", "aria-valuemin": "0" }, (surface) => {
      if (this.#window.length > 0)
        drawWaveform(surface, this.#waveform, this.#window, drawRuler(surface, this.#window));
    });
    this.#pointer.hidden = true;
    this.plot.root.append(this.#pointer);
    this.#listen();
  }

  setWaveform(waveform: Waveform | null): void {
    this.#waveform = waveform;
    this.plot.redraw();
  }

  setWindow(window: TimeWindow): void {
    this.#window = window;
    this.plot.redraw();
  }

  setPosition(position: number, duration: number): void {
    this.plot.placePlayhead(position, this.#window);
    const { root } = this.plot;
    root.setAttribute("aria-valuemax", duration.toFixed(3));
    root.setAttribute("aria-valuenow", position.toFixed(3));
    root.setAttribute("aria-valuetext", `${formatDuration(position, 1)} of ${formatDuration(duration, 1)}`);
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

  /** A thin line at the pointer with the time there, on the side that has room. */
  #pointAt(event: MouseEvent): void {
    const share = this.plot.shareAt(event);
    this.#pointer.hidden = false;
    this.#pointer.textContent = formatDuration(this.#timeAt(event), this.#window.length < 20 ? 2 : 1);
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
