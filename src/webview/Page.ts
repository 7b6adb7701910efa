/**
 * Puts the sections together and shows a state in them. While a file with known numbers is measured again
 * its earlier numbers stay, dimmed, and the row under the header says what is going on.
 */
import type { View } from "../shared/view";
import { decodeView } from "../shared/viewFile";
import type { Analysis } from "../shared/analysis";
import type { HostToPage, PageFile, PageState } from "../shared/pageProtocol";
import { Announcer } from "./Announcer";
import { element } from "./element";
import type { Host } from "./host";
import type { Lanes } from "./lanes/Lanes";
import { fullScalePlaces } from "./lanes/levels";
import { isSound, mediaType } from "./player/playable";
import type { Player } from "./player/Player";
import { findingsSection } from "./sections/findingsSection";
import { groupsSection } from "./sections/groupsSection";
import { Header } from "./sections/Header";
import { headlineSection } from "./sections/headlineSection";
import { StatePanel } from "./sections/StatePanel";
import { StatusRow } from "./sections/StatusRow";
import { announcement } from "./text/announcement";
import { factGroups } from "./text/facts";
import { findings } from "./text/findings";
import { measuredGroups } from "./text/groups";
import { headlineCells } from "./text/headline";
import { panelOf } from "./text/panel";
import { statusOf } from "./text/status";

export class Page {
  readonly #player: Player;
  readonly #lanes: Lanes;
  readonly #header: Header;
  readonly #status: StatusRow;
  readonly #panel: StatePanel;
  readonly #announcer = new Announcer();
  readonly #top = element("div", { class: "top" });
  readonly #bottom = element("div", { class: "bottom" });
  readonly #main = element("main");
  /** The numbers last shown, kept while they are measured again. */
  #numbers: Analysis | null = null;
  #places: readonly number[] = [];

  constructor(root: HTMLElement, host: Host, player: Player, lanes: Lanes) {
    const send = host.send.bind(host);
    this.#player = player;
    this.#lanes = lanes;
    this.#header = new Header(player, send);
    this.#status = new StatusRow(send);
    this.#panel = new StatePanel(send);
    this.#main.append(this.#status.root, this.#panel.root, this.#top, lanes.root, this.#bottom);
    root.replaceChildren(this.#header.root, this.#main, this.#announcer.root);
    this.#panel.show(panelOf({ kind: "loading" }));
    this.#showNumbers(null);
  }

  receive(message: HostToPage): void {
    if (message.type === "state") this.#showState(message.file, message.state);
    else this.#showView(decodeView(message.bytes));
  }

  #showState(file: PageFile, state: PageState): void {
    const hadFocus = this.#main.contains(document.activeElement);
    const numbers = numbersFor(state, this.#numbers);
    const facts = numbers ?? (state.kind === "failed" ? state.analysis : null);
    this.#loadSound(file, state, facts);
    this.#header.show(file, state, numbers, facts);
    this.#status.show(numbers && statusOf(state, numbers));
    this.#panel.show(numbers ? null : panelOf(state));
    this.#main.classList.toggle("is-old", !isFresh(state));
    this.#lanes.setOld(!isFresh(state));
    if (numbers !== this.#numbers || !numbers) this.#showNumbers(numbers);
    this.#bottom.replaceChildren(...bottomSections(file, numbers, facts));
    this.#announcer.say(announcement(state));
    if (hadFocus) this.#keepFocus();
  }

  /** A button that a new state has taken away hands its focus to the one in its place, else to the title. */
  #keepFocus(): void {
    if (document.activeElement !== document.body) return;
    const next = this.#main.querySelector<HTMLElement>(".status button, .panel:not([hidden]) button");
    if (next) next.focus();
    else this.#header.focus();
  }

  #loadSound(file: PageFile, state: PageState, facts: Analysis | null): void {
    this.#player.setDuration(facts?.format?.duration ?? this.#player.duration);
    this.#player.load({
      uri: file.mediaUri,
      type: isSound(state, facts) ? mediaType(file.name, facts?.format ?? null) : null,
      content: facts?.file?.sha256 ?? null,
    });
    this.#lanes.setDuration(this.#player.duration);
  }

  #showNumbers(numbers: Analysis | null): void {
    this.#numbers = numbers;
    this.#top.hidden = numbers === null;
    this.#lanes.root.hidden = numbers === null;
    this.#lanes.setAnalysis(numbers);
    this.#showTop();
  }

  #showTop(): void {
    const numbers = this.#numbers;
    if (!numbers) return;
    const seek = (time: number): void => {
      this.#player.seek(time);
    };
    this.#top.replaceChildren(
      headlineSection(headlineCells(numbers)),
      findingsSection(findings(numbers, this.#places), seek),
    );
  }

  #showView(view: View | null): void {
    this.#places = view?.waveform ? fullScalePlaces(view.waveform) : [];
    this.#lanes.setView(view);
    this.#showTop();
  }
}

/** The analysis whose numbers the page shows in a state. */
function numbersFor(state: PageState, previous: Analysis | null): Analysis | null {
  if (state.kind === "analyzed") return state.analysis;
  const isOnItsWay = state.kind === "queued" || state.kind === "running" || state.kind === "engineRestarting";
  return isOnItsWay ? previous : null;
}

function isFresh(state: PageState): boolean {
  return state.kind === "analyzed" && state.fileState === "same" && !state.outdated;
}

function bottomSections(file: PageFile, numbers: Analysis | null, facts: Analysis | null): HTMLElement[] {
  const sections: HTMLElement[] = [];
  if (numbers) sections.push(groupsSection("Measured values", measuredGroups(numbers), "measured"));
  if (facts) sections.push(groupsSection("From the file", factGroups(file, facts), "facts"));
  return sections;
}
