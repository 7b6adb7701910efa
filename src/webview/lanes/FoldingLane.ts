/** A lane under the waveform that can be folded away. It is a picture to a screen reader; its name says what matters. */
import type { Analysis } from "../../shared/analysis";
import type { View } from "../../shared/view";
import { button, element } from "../element";
import { icon } from "../icon";
import type { Surface } from "./drawWaveform";
import { TimePlot, type TimeActions } from "./TimePlot";
import type { TimeWindow } from "./timeWindow";

/** What lanes draw of; the view comes after the analysis, or never. */
export interface LaneContent {
  analysis: Analysis | null;
  view: View | null;
}

/** One kind of lane. */
export interface LaneKind {
  /** In class names, and among the folded lanes that the page remembers. */
  id: string;
  label: string;
  /** What it shows in one sentence; null when the file has nothing of the kind. */
  describe: (content: LaneContent) => string | null;
  draw: (surface: Surface, window: TimeWindow, content: LaneContent) => void;
}

export class FoldingLane {
  readonly root: HTMLElement;
  readonly #kind: LaneKind;
  readonly #time: TimePlot;
  readonly #toggle: HTMLButtonElement;
  #content: LaneContent = { analysis: null, view: null };

  constructor(kind: LaneKind, actions: TimeActions, onToggle: () => void) {
    this.#kind = kind;
    const id = `lane-${kind.id}`;
    this.#time = new TimePlot({ role: "img", "aria-label": kind.label, id }, actions, (surface, window) => {
      kind.draw(surface, window, this.#content);
    });
    this.#toggle = button({ class: "fold", attributes: { "aria-controls": id } }, onToggle);
    this.#toggle.append(icon("fold"), element("span", { text: kind.label }));
    this.root = element("div", { class: `lane ${id}` }, [
      element("div", { class: "lane-head" }, [this.#toggle]),
      this.#time.plot.root,
    ]);
  }

  get id(): string {
    return this.#kind.id;
  }

  /** Before a view has come the lane keeps its place; after that it is there only if it has something to show. */
  setContent(content: LaneContent, isAwaited: boolean): void {
    this.#content = content;
    const name = this.#kind.describe(content);
    this.root.hidden = name === null && !isAwaited;
    this.#time.plot.root.setAttribute("aria-label", name ?? this.#kind.label);
    this.redraw();
  }

  setFolded(isFolded: boolean): void {
    this.#toggle.setAttribute("aria-expanded", String(!isFolded));
    this.#time.plot.root.hidden = isFolded;
  }

  setWindow(window: TimeWindow): void {
    this.#time.setWindow(window);
  }

  placePlayhead(position: number): void {
    this.#time.placePlayhead(position);
  }

  redraw(): void {
    this.#time.plot.redraw();
  }
}
