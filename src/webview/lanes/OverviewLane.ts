/** The whole file in one thin lane: shows which part the lanes under it are at, and moves it. */
import { element } from "../element";
import { formatDuration } from "../../shared/format";
import type { Waveform } from "../../shared/view";
import { drawWaveform } from "./drawWaveform";
import { Plot } from "./Plot";
import { isWhole, whole, type TimeWindow } from "./timeWindow";

export interface OverviewActions {
  move: (start: number) => void;
  seek: (time: number) => void;
}

/** A press that moves less than this is a click. */
const CLICK_PX = 3;

export class OverviewLane {
  readonly plot: Plot;
  readonly #box = element("div", { class: "window-box" });
  readonly #actions: OverviewActions;
  #waveform: Waveform | null = null;
  #duration = 0;
  #window: TimeWindow = whole(0);

  constructor(actions: OverviewActions) {
    this.#actions = actions;
    this.plot = new Plot(
      { role: "slider", "aria-label": "Part of the file in view", "aria-valuemin": "0", tabindex: "0" },
      (surface) => {
        drawWaveform(surface, this.#waveform, whole(this.#duration), 0);
      },
    );
    this.plot.root.append(this.#box);
    this.plot.root.addEventListener("pointerdown", (event) => {
      if (event.button === 0) this.#press(event);
    });
    this.plot.root.addEventListener("keydown", (event) => {
      this.#key(event);
    });
  }

  setWaveform(waveform: Waveform | null): void {
    this.#waveform = waveform;
    this.plot.redraw();
  }

  setWindow(window: TimeWindow, duration: number): void {
    this.#window = window;
    if (duration !== this.#duration) this.plot.redraw();
    this.#duration = duration;
    const { style } = this.#box;
    style.left = `${(window.start / this.#duration) * 100}%`;
    style.width = `${(window.length / this.#duration) * 100}%`;
    const { root } = this.plot;
    root.setAttribute("aria-valuemax", String(Math.max(0, this.#duration - window.length)));
    root.setAttribute("aria-valuenow", String(window.start));
    const end = formatDuration(window.start + window.length, 1);
    root.setAttribute(
      "aria-valuetext",
      isWhole(window, this.#duration) ? "the whole file" : `${formatDuration(window.start, 1)} to ${end}`,
    );
  }

  #press(down: PointerEvent): void {
    const { root } = this.plot;
    const time = this.plot.shareAt(down) * this.#duration;
    const { start, length } = this.#window;
    const isInside = time >= start && time <= start + length;
    const grip = isInside ? time - start : length / 2;
    let isDrag = false;
    const move = (event: PointerEvent): void => {
      isDrag ||= Math.abs(event.clientX - down.clientX) > CLICK_PX;
      if (isDrag) this.#actions.move(this.plot.shareAt(event) * this.#duration - grip);
    };
    root.setPointerCapture(down.pointerId);
    root.addEventListener("pointermove", move);
    root.addEventListener(
      "lostpointercapture",
      () => {
        root.removeEventListener("pointermove", move);
        if (isDrag) return;
        if (!isInside) this.#actions.move(time - grip);
        this.#actions.seek(time);
      },
      { once: true },
    );
  }

  /** Arrows move the part in view while there is more than it; else they mean the playhead, as everywhere. */
  #key(event: KeyboardEvent): void {
    const { start, length } = this.#window;
    if (event.ctrlKey || event.altKey || event.metaKey || isWhole(this.#window, this.#duration)) return;
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: start - length / 10,
      ArrowRight: start + length / 10,
      PageUp: start - length,
      PageDown: start + length,
      Home: 0,
      End: this.#duration,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#actions.move(target);
  }
}
