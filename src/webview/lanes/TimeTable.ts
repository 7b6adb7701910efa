/** All lanes in words: twenty stretches of the file in one table, for those who read better than they see. */
import { button, element } from "../element";
import { formatDuration, formatNumber } from "../../shared/format";
import type { View } from "../../shared/view";
import { stretches, type Stretch } from "./stretches";

const STRETCHES = 20;

interface Column {
  head: string;
  cell: (stretch: Stretch) => string;
}

const COLUMNS: readonly Column[] = [
  { head: "From", cell: ({ start }) => formatDuration(start, 1) },
  { head: "To", cell: ({ end }) => formatDuration(end, 1) },
  { head: "Peak, dBFS", cell: ({ peak }) => decibels(peak) },
  { head: "RMS, dBFS", cell: ({ rms }) => decibels(rms) },
  { head: "Short-term, at most, LUFS", cell: ({ shortTerm }) => decibels(shortTerm) },
  { head: "Strongest pitch classes", cell: ({ pitchClasses }) => pitchClasses.join(", ") || "none" },
];

export class TimeTable {
  readonly root: HTMLElement;
  readonly #toggle: HTMLButtonElement;
  readonly #holder = element("div", { class: "levels-holder", attributes: { id: "levels" } });
  #view: View | null = null;
  #isOpen = false;

  constructor(onToggle: () => void) {
    const attributes = { "aria-controls": "levels" };
    this.#toggle = button({ class: "link", attributes }, onToggle);
    this.root = element("div", { class: "time-table" }, [this.#toggle, this.#holder]);
    this.#show();
  }

  setView(view: View | null): void {
    this.#view = view;
    this.#show();
  }

  setOpen(isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.#show();
  }

  #show(): void {
    const rows = this.#view ? stretches(this.#view, STRETCHES) : [];
    this.#toggle.setAttribute("aria-expanded", String(this.#isOpen));
    this.#toggle.setAttribute("aria-disabled", String(rows.length === 0));
    this.#toggle.textContent = this.#isOpen ? "Hide table" : "Show as table";
    this.#holder.replaceChildren(...(this.#isOpen && rows.length > 0 ? [tableOf(rows)] : []));
  }
}

function tableOf(rows: readonly Stretch[]): HTMLTableElement {
  const heads = COLUMNS.map(({ head }) => element("th", { text: head, attributes: { scope: "col" } }));
  return element("table", { class: "levels" }, [
    element("caption", { text: "Level, loudness and pitch over time" }),
    element("thead", {}, [element("tr", {}, heads)]),
    element("tbody", {}, rows.map(rowOf)),
  ]);
}

function rowOf(stretch: Stretch): HTMLTableRowElement {
  const cells = COLUMNS.map(({ cell }, index) =>
    index === 0
      ? element("th", { text: cell(stretch), attributes: { scope: "row" } })
      : element("td", { text: cell(stretch) }),
  );
  return element("tr", {}, cells);
}

function decibels(value: number | null): string {
  return value === null ? "silence" : formatNumber(value, 1);
}
