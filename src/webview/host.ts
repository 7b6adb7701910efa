/**
 * The page's only line to the extension host: typed messages out and in, and the small state that the
 * editor keeps for this page over a reload.
 */
import type { HostToPage, PageToHost } from "../shared/pageProtocol";

/** What the page remembers; `length` null shows the whole file. Times in seconds. */
export interface SavedView {
  position: number;
  start: number;
  length: number | null;
  table: boolean;
  /** Lanes that are folded, by id. */
  folded: readonly string[];
}

interface EditorApi {
  postMessage(message: PageToHost): void;
  getState(): unknown;
  setState(state: SavedView): void;
}

const SAVE_DELAY_MS = 250;

declare function acquireVsCodeApi(): EditorApi;

export class Host {
  readonly #api = acquireVsCodeApi();
  #unsaved: SavedView | null = null;

  send(message: PageToHost): void {
    this.#api.postMessage(message);
  }

  listen(onMessage: (message: HostToPage) => void): void {
    window.addEventListener("message", (event: MessageEvent<unknown>) => {
      if (isFromHost(event.data)) onMessage(event.data);
    });
  }

  /** Kept by the editor a moment later: while sound plays the view changes with every frame. */
  save(view: SavedView): void {
    if (this.#unsaved === null)
      setTimeout(() => {
        this.#keep();
      }, SAVE_DELAY_MS);
    this.#unsaved = view;
  }

  saved(): SavedView {
    const state = this.#api.getState() as Partial<SavedView> | null | undefined;
    return {
      position: seconds(state?.position) ?? 0,
      start: seconds(state?.start) ?? 0,
      length: seconds(state?.length),
      table: state?.table === true,
      folded: Array.isArray(state?.folded) ? state.folded.filter((id) => typeof id === "string") : [],
    };
  }

  #keep(): void {
    if (this.#unsaved) this.#api.setState(this.#unsaved);
    this.#unsaved = null;
  }
}

function isFromHost(data: unknown): data is HostToPage {
  if (typeof data !== "object" || data === null) return false;
  const message = data as Partial<HostToPage>;
  return (message.type === "state" || message.type === "waveform") && message.version === 1;
}

function seconds(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}
