/** The lanes one under another, and the table that says the same in words: what is shown is handed on to each. */
import type { Analysis } from "../../shared/analysis";
import type { View } from "../../shared/view";
import { element } from "../element";
import { CHROMA_LANE } from "./chromaLane";
import { FoldingLane } from "./FoldingLane";
import { LOUDNESS_LANE } from "./loudnessLane";
import { OverviewLane } from "./OverviewLane";
import { SPECTROGRAM_LANE } from "./spectrogramLane";
import type { TimeActions } from "./TimePlot";
import { TimeTable } from "./TimeTable";
import { isWhole, whole, type TimeWindow } from "./timeWindow";
import { WaveformLane } from "./WaveformLane";
import { zoomButtons, type ZoomActions } from "./zoomButtons";

const NO_WAVEFORM = "No waveform is stored for this file. Re-analyze to draw it.";

export interface StackActions extends TimeActions, ZoomActions {
  /** Moves the window so that it begins at a time (s). */
  move: (start: number) => void;
  toggleFold: (id: string) => void;
  toggleTable: () => void;
}

export class LaneStack {
  readonly root: HTMLElement;
  readonly #overview: OverviewLane;
  readonly #waveform: WaveformLane;
  readonly #lanes: readonly FoldingLane[];
  readonly #table: TimeTable;
  readonly #note = element("div", { class: "plot-note", text: NO_WAVEFORM });

  constructor(actions: StackActions) {
    this.#overview = new OverviewLane(actions);
    this.#waveform = new WaveformLane(actions);
    this.#waveform.root.append(this.#note);
    this.#lanes = [SPECTROGRAM_LANE, LOUDNESS_LANE, CHROMA_LANE].map(
      (kind) =>
        new FoldingLane(kind, actions, () => {
          actions.toggleFold(kind.id);
        }),
    );
    this.#table = new TimeTable(actions.toggleTable);
    this.root = element("section", { class: "lanes", attributes: { "aria-label": "Over time" } }, [
      lane("overview", "Overview", [], this.#overview.plot.root),
      lane("waveform", "Waveform", [zoomButtons(actions)], this.#waveform.root),
      ...this.#lanes.map(({ root }) => root),
      this.#table.root,
    ]);
  }

  /** While a view is awaited the lanes keep their places. */
  setContent(analysis: Analysis | null, view: View | null, isAwaited: boolean): void {
    this.#note.hidden = isAwaited || Boolean(view?.waveform);
    this.#overview.setWaveform(view?.waveform ?? null);
    this.#waveform.setContent(view?.waveform ?? null, analysis?.rhythm ?? null);
    for (const each of this.#lanes) each.setContent({ analysis, view }, isAwaited);
    this.#table.setView(view);
  }

  setWindow(window: TimeWindow, duration: number): void {
    this.root.classList.toggle("is-whole", isWhole(window, duration));
    this.#overview.setWindow(window, duration);
    for (const each of [this.#waveform, ...this.#lanes]) each.setWindow(window);
  }

  setPosition(position: number, duration: number): void {
    this.#overview.plot.placePlayhead(position, whole(duration));
    this.#waveform.setPosition(position, duration);
    for (const each of this.#lanes) each.placePlayhead(position);
  }

  /** `folded`: ids of lanes. */
  setOpen(folded: readonly string[], isTableOpen: boolean): void {
    for (const each of this.#lanes) each.setFolded(folded.includes(each.id));
    this.#table.setOpen(isTableOpen);
  }

  /** Drawn quieter: the file may sound otherwise by now. */
  setOld(isOld: boolean): void {
    this.root.classList.toggle("is-old", isOld);
    this.#overview.plot.redraw();
    for (const each of [this.#waveform, ...this.#lanes]) each.redraw();
  }
}

function lane(name: string, label: string, controls: Node[], plot: HTMLElement): HTMLElement {
  const head = element("div", { class: "lane-head" }, [element("span", { text: label }), ...controls]);
  return element("div", { class: `lane lane-${name}` }, [head, plot]);
}
