/** The head of the page, which stays in sight: play, what it is, where in it, and what can be done with it. */
import { formatDuration } from "../../shared/format";
import type { Analysis } from "../../shared/analysis";
import type { PageFile, PageState, PageToHost } from "../../shared/pageProtocol";
import { button, element } from "../element";
import { icon } from "../icon";
import type { Player } from "../player/Player";
import { isSound } from "../player/playable";
import { formatLine, titleOf } from "../text/formatLine";
import { REANALYZE } from "../text/status";

export class Header {
  readonly root: HTMLElement;
  readonly #player: Player;
  readonly #play: HTMLButtonElement;
  readonly #title = element("h1", { attributes: { tabindex: "-1" } });
  readonly #line = element("p", { class: "format-line" });
  readonly #time = element("div", { class: "time" });
  readonly #position = element("span");
  readonly #length = element("span", { class: "dim" });
  readonly #soundNote = element("div", { class: "sound-note dim" });
  readonly #reanalyze: HTMLButtonElement;
  readonly #copy: HTMLButtonElement;
  #areNumbers = false;
  /** Said when the file cannot be played; empty when there is no file. */
  #noSound = "";
  #isSounding: boolean | null = null;

  constructor(player: Player, send: (message: PageToHost) => void) {
    this.#player = player;
    this.#play = button({ class: "play" }, () => {
      player.toggle();
    });
    this.#reanalyze = button({ class: "action", text: REANALYZE.label }, () => {
      send(REANALYZE.message);
    });
    this.#copy = button({ class: "action", text: "Copy Values" }, () => {
      send({ type: "copyValues" });
    });
    this.#time.append(this.#position, this.#length);
    this.root = element("header", {}, [
      this.#play,
      element("div", { class: "names" }, [this.#title, this.#line]),
      element("div", { class: "clock" }, [this.#time, this.#soundNote]),
      element("div", { class: "actions" }, [this.#reanalyze, this.#copy]),
    ]);
    this.#play.hidden = true;
    this.#showActions(false);
    player.onChange(() => {
      this.#follow();
    });
  }

  /** `numbers`: the analysis whose numbers are on the page; `facts`: one that knows tags and format. */
  show(file: PageFile, state: PageState, numbers: Analysis | null, facts: Analysis | null): void {
    this.#title.textContent = titleOf(facts, file.name);
    this.#title.title = file.folder ? `${file.folder}/${file.name}` : file.name;
    this.#line.textContent = formatLine(facts) || file.folder;
    this.#line.title = this.#line.textContent;
    this.#areNumbers = numbers !== null;
    this.#showActions(file.canAnalyze && state.kind === "analyzed" && state.fileState !== "gone");
    this.#noSound = isSound(state, facts) ? cannotPlay(file, facts) : "";
    this.#follow();
  }

  focus(): void {
    this.#title.focus({ preventScroll: true });
  }

  #showActions(canAnalyze: boolean): void {
    this.#reanalyze.hidden = !this.#areNumbers;
    this.#copy.hidden = !this.#areNumbers;
    // Kept in place while it cannot be used, so that nothing moves and focus is not lost.
    this.#reanalyze.setAttribute("aria-disabled", String(!canAnalyze));
  }

  #follow(): void {
    const { position, duration, canPlay, isPlaying } = this.#player;
    this.#time.hidden = !canPlay && !this.#areNumbers;
    this.#position.textContent = formatDuration(position, 3);
    this.#length.textContent = duration > 0 ? ` / ${formatDuration(duration, 3)}` : "";
    this.#play.hidden = !canPlay;
    this.#soundNote.textContent = canPlay ? "" : this.#noSound;
    if (isPlaying === this.#isSounding) return;
    this.#isSounding = isPlaying;
    this.#play.replaceChildren(icon(isPlaying ? "pause" : "play"));
    this.#play.setAttribute("aria-label", isPlaying ? "Pause" : "Play");
    this.#play.title = isPlaying ? "Pause (Space)" : "Play (Space)";
  }
}

function cannotPlay(file: PageFile, facts: Analysis | null): string {
  const extension = file.name.includes(".") ? file.name.slice(file.name.lastIndexOf(".") + 1) : "";
  const kind = facts?.format?.codec ?? extension.toUpperCase();
  return `This editor cannot play ${kind || "this file"}.`;
}
