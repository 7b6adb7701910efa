/** The part in view, large, under a time ruler, with its beats. It is also the slider of the position. */
import { formatDuration } from "../../shared/format";
import type { RhythmResult } from "../../shared/analysis";
import type { Waveform } from "../../shared/view";
import { drawBeats } from "./drawBeats";
import { drawRuler, drawWaveform } from "./drawWaveform";
import { TimePlot, type TimeActions } from "./TimePlot";
import type { TimeWindow } from "./timeWindow";

export class WaveformLane {
  readonly #time: TimePlot;
  #waveform: Waveform | null = null;
  #rhythm: RhythmResult | null = null;

  constructor(actions: TimeActions) {
    const attributes = { role: "slider", "aria-label": "Position", "aria-valuemin": "0", tabindex: "0" };
    this.#time = new TimePlot(attributes, actions, (surface, window) => {
      const top = drawRuler(surface, window);
      drawWaveform(surface, this.#waveform, window, top);
      if (this.#rhythm) drawBeats(surface, this.#rhythm, window, top);
    });
  }

  get root(): HTMLElement {
    return this.#time.plot.root;
  }

  setContent(waveform: Waveform | null, rhythm: RhythmResult | null): void {
    this.#waveform = waveform;
    this.#rhythm = rhythm;
    this.redraw();
  }

  setWindow(window: TimeWindow): void {
    this.#time.setWindow(window);
  }

  redraw(): void {
    this.#time.plot.redraw();
  }

  setPosition(position: number, duration: number): void {
    this.#time.placePlayhead(position);
    this.root.setAttribute("aria-valuemax", duration.toFixed(3));
    this.root.setAttribute("aria-valuenow", position.toFixed(3));
    const words = `${formatDuration(position, 1)} of ${formatDuration(duration, 1)}`;
    this.root.setAttribute("aria-valuetext", words);
  }
}
