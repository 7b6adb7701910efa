/**
 * What the lanes show: which part of the file is in view, which lanes are folded, and whether the table is open. The
 * position is the player's.
 */
import type { Analysis } from "../../shared/analysis";
import type { View } from "../../shared/view";
import type { Player } from "../player/Player";
import { LaneStack } from "./LaneStack";
import { clamped, contains, isWhole, showing, whole, zoomed, type TimeWindow } from "./timeWindow";

/** No closer than this many bins: further in there is nothing more to see. */
const FEWEST_BINS = 128;
const SHORTEST_SECONDS = 0.5;
const ZOOM_STEP = 1.5;
/** When no view has come by then there is none. */
const VIEW_PATIENCE_MS = 3000;

/** What the page keeps of the lanes; `length` null is the whole file. */
export interface LanesView {
  start: number;
  length: number | null;
  table: boolean;
  /** Ids of the lanes that are folded. */
  folded: readonly string[];
}

export class Lanes {
  readonly #stack: LaneStack;
  readonly #player: Player;
  readonly #onViewChange: () => void;
  #analysis: Analysis | null = null;
  #shown: View | null = null;
  #isAwaited = true;
  #patience: ReturnType<typeof setTimeout> | undefined;
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
    this.#stack = this.#build();
    this.#stack.setOpen(saved.folded, saved.table);
    player.onChange(() => {
      this.#follow();
    });
    new ResizeObserver(() => {
      this.#placePlayheads();
    }).observe(this.root);
  }

  get root(): HTMLElement {
    return this.#stack.root;
  }

  get view(): LanesView {
    return this.#view;
  }

  setDuration(duration: number): void {
    if (duration === this.#duration || duration <= 0) return;
    this.#duration = duration;
    this.#followed = this.#player.position;
    this.#look({ start: this.#view.start, length: this.#view.length ?? duration });
  }

  setAnalysis(analysis: Analysis | null): void {
    this.#analysis = analysis;
    this.#showContent();
    if (analysis === null || !this.#isAwaited) return;
    this.#patience ??= setTimeout(() => {
      this.setView(null);
    }, VIEW_PATIENCE_MS);
  }

  /** Null when there is none. */
  setView(view: View | null): void {
    clearTimeout(this.#patience);
    this.#isAwaited = false;
    this.#shown = view;
    this.#showContent();
  }

  /** Drawn quieter: the file may sound otherwise by now. */
  setOld(isOld: boolean): void {
    this.#stack.setOld(isOld);
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
    const waveform = this.#shown?.waveform;
    const bin = waveform ? waveform.samplesPerBin / waveform.sampleRate : 0;
    const wanted = { ...(this.#window ?? whole(this.#duration)), ...change };
    const window = clamped(wanted, this.#duration, Math.max(SHORTEST_SECONDS, bin * FEWEST_BINS));
    this.#window = window;
    this.#stack.setWindow(window, this.#duration);
    this.#placePlayheads();
    this.#keep({ start: window.start, length: isWhole(window, this.#duration) ? null : window.length });
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
    if (this.#window) this.#stack.setPosition(this.#player.position, this.#duration);
  }

  #showContent(): void {
    this.#stack.setContent(this.#analysis, this.#shown, this.#isAwaited);
    this.#placePlayheads();
  }

  #open(change: Partial<Pick<LanesView, "table" | "folded">>): void {
    this.#keep(change);
    this.#stack.setOpen(this.#view.folded, this.#view.table);
    this.#placePlayheads();
  }

  #keep(change: Partial<LanesView>): void {
    this.#view = { ...this.#view, ...change };
    this.#onViewChange();
  }

  #build(): LaneStack {
    return new LaneStack({
      seek: (time) => {
        this.#player.seek(time);
      },
      move: (start) => {
        this.#look({ start });
      },
      pan: (seconds) => {
        this.#look({ start: (this.#window?.start ?? 0) + seconds });
      },
      zoom: this.zoom.bind(this),
      zoomIn: this.zoomIn.bind(this),
      zoomOut: this.zoomOut.bind(this),
      showWhole: () => {
        this.#look(whole(this.#duration));
      },
      toggleTable: () => {
        this.#open({ table: !this.#view.table });
      },
      toggleFold: (id) => {
        const { folded } = this.#view;
        this.#open({ folded: folded.includes(id) ? folded.filter((each) => each !== id) : [...folded, id] });
      },
    });
  }
}
