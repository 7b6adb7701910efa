/**
 * The lanes on one time axis: overview, waveform, and the waveform as a table. Keeps which part is in view;
 * the position is the player's.
 */
import { button, element } from "../element";
import { icon, type IconName } from "../icon";
import type { Player } from "../player/Player";
import type { Waveform } from "../../shared/view";
import { levelTable } from "./LevelTable";
import { OverviewLane } from "./OverviewLane";
import { clamped, contains, isWhole, showing, whole, zoomed, type TimeWindow } from "./timeWindow";
import { WaveformLane } from "./WaveformLane";

/** No closer than this many bins: further in there is nothing more to see. */
const FEWEST_BINS = 128;
const SHORTEST_SECONDS = 0.5;
const ZOOM_STEP = 1.5;
/** Comes into sight only when no waveform has come for some seconds. */
const NO_WAVEFORM = "No waveform is stored for this file. Re-analyze to draw it.";

/** What the page keeps of the lanes; `length` null is the whole file. */
export interface LanesView {
  start: number;
  length: number | null;
  table: boolean;
}

export class Lanes {
  readonly root: HTMLElement;
  readonly #player: Player;
  readonly #onViewChange: () => void;
  readonly #overview: OverviewLane;
  readonly #waveform: WaveformLane;
  readonly #note = element("div", { class: "plot-note", text: NO_WAVEFORM });
  readonly #tableToggle: HTMLButtonElement;
  readonly #tableHolder = element("div", { class: "levels-holder", attributes: { id: "levels" } });
  #shown: Waveform | null = null;
  #duration = 0;
  /** The position when it was last looked at, in seconds. */
  #followed = 0;
  #wasPlaying = false;
  /** Null while the file's length, against which it is cut, is not known. */
  #window: TimeWindow | null = null;
  #view: LanesView;

  constructor(player: Player, saved: LanesView, onViewChange: () => void) {
    this.#player = player;
    this.#view = saved;
    this.#onViewChange = onViewChange;
    const seek = (time: number): void => {
      player.seek(time);
    };
    this.#overview = new OverviewLane({
      seek,
      move: (start) => {
        this.#look({ start });
      },
    });
    this.#waveform = new WaveformLane({
      seek,
      pan: (seconds) => {
        this.#look({ start: (this.#window?.start ?? 0) + seconds });
      },
      zoom: (factor, at) => {
        this.zoom(factor, at);
      },
    });
    this.#waveform.plot.root.append(this.#note);
    this.#tableToggle = button(
      { class: "link", text: "Show as table", attributes: { "aria-controls": "levels" } },
      () => {
        this.#showTable(!this.#view.table);
      },
    );
    this.root = this.#build();
    player.onChange(() => {
      this.#follow();
    });
    new ResizeObserver(() => {
      this.#placePlayheads();
    }).observe(this.root);
  }

  get view(): LanesView {
    return this.#view;
  }

  setDuration(duration: number): void {
    if (duration === this.#duration || duration <= 0) return;
    this.#duration = duration;
    this.#followed = this.#player.position;
    this.#overview.setWaveform(this.#shown, duration);
    this.#look({ start: this.#view.start, length: this.#view.length ?? duration });
  }

  setWaveform(waveform: Waveform | null): void {
    this.#shown = waveform;
    this.#note.hidden = waveform !== null;
    this.#overview.setWaveform(waveform, this.#duration);
    this.#waveform.setWaveform(waveform);
    this.#showTable(this.#view.table);
  }

  /** Drawn quieter: the file may sound otherwise by now. */
  setOld(isOld: boolean): void {
    this.root.classList.toggle("is-old", isOld);
    this.#overview.plot.redraw();
    this.#waveform.plot.redraw();
  }

  /** Above 1 shows less time; the playhead, or the middle when it is out of sight, stays where it is. */
  zoom(factor: number, at?: number): void {
    if (!this.#window) return;
    const { start, length } = this.#window;
    const { position } = this.#player;
    const middle = contains(this.#window, position) ? position : start + length / 2;
    this.#look(zoomed(this.#window, factor, at ?? middle));
  }

  zoomIn(): void {
    this.zoom(ZOOM_STEP);
  }

  zoomOut(): void {
    this.zoom(1 / ZOOM_STEP);
  }

  #look(change: Partial<TimeWindow>): void {
    if (this.#duration <= 0) return;
    const bin = this.#shown ? this.#shown.samplesPerBin / this.#shown.sampleRate : 0;
    const wanted = { ...(this.#window ?? whole(this.#duration)), ...change };
    this.#window = clamped(wanted, this.#duration, Math.max(SHORTEST_SECONDS, bin * FEWEST_BINS));
    const isAll = isWhole(this.#window, this.#duration);
    this.#view = {
      ...this.#view,
      start: this.#window.start,
      length: isAll ? null : this.#window.length,
    };
    this.root.classList.toggle("is-whole", isAll);
    this.#overview.setWindow(this.#window);
    this.#waveform.setWindow(this.#window);
    this.#placePlayheads();
    this.#onViewChange();
  }

  /** Keeps the playhead in sight when it sets out, runs or jumps; not when the reader has looked away. */
  #follow(): void {
    if (!this.#window) return;
    const { position, isPlaying } = this.#player;
    const setsOut = isPlaying && !this.#wasPlaying;
    const jumps = Math.abs(position - this.#followed) > 1;
    const isFollowed = setsOut || jumps || contains(this.#window, this.#followed);
    this.#followed = position;
    this.#wasPlaying = isPlaying;
    const window = isFollowed ? showing(this.#window, position) : this.#window;
    if (window !== this.#window) this.#look(window);
    else this.#placePlayheads();
  }

  #placePlayheads(): void {
    if (!this.#window) return;
    this.#overview.plot.placePlayhead(this.#player.position, whole(this.#duration));
    this.#waveform.setPosition(this.#player.position, this.#duration);
  }

  #showTable(isOpen: boolean): void {
    this.#view = { ...this.#view, table: isOpen };
    this.#tableToggle.setAttribute("aria-expanded", String(isOpen));
    this.#tableToggle.setAttribute("aria-disabled", String(this.#shown === null));
    this.#tableToggle.textContent = isOpen ? "Hide table" : "Show as table";
    this.#tableHolder.replaceChildren(...(isOpen && this.#shown ? [levelTable(this.#shown)] : []));
    this.#onViewChange();
  }

  #build(): HTMLElement {
    const zoomButton = (name: IconName, label: string, press: () => void): HTMLButtonElement => {
      const made = button({ class: "icon-button", attributes: { "aria-label": label, title: label } }, press);
      made.append(icon(name));
      return made;
    };
    const zoom = element("div", { class: "zoom", attributes: { role: "group", "aria-label": "Zoom" } }, [
      zoomButton("zoomOut", "Zoom Out (−)", () => {
        this.zoomOut();
      }),
      zoomButton("zoomIn", "Zoom In (+)", () => {
        this.zoomIn();
      }),
      zoomButton("whole", "Show Whole File", () => {
        this.#look(whole(this.#duration));
      }),
    ]);
    return element("section", { class: "lanes", attributes: { "aria-label": "Waveform" } }, [
      lane("overview", "Overview", [], this.#overview.plot.root),
      lane("waveform", "Waveform", [zoom, this.#tableToggle], this.#waveform.plot.root),
      this.#tableHolder,
    ]);
  }
}

function lane(name: string, label: string, controls: Node[], plot: HTMLElement): HTMLElement {
  const head = element("div", { class: "lane-head" }, [element("span", { text: label }), ...controls]);
  return element("div", { class: `lane lane-${name}` }, [head, plot]);
}
