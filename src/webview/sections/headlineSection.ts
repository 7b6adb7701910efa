/** The large numbers, each with its unit, its bar or its word. */
import { formatNumber } from "../../shared/format";
import { element } from "../element";
import { icon } from "../icon";
import type { HeadlineCell } from "../text/headline";

export function headlineSection(cells: readonly HeadlineCell[]): HTMLElement {
  return element("section", { class: "headline", attributes: { "aria-label": "Main values" } }, [
    element("dl", {}, cells.map(cellOf)),
  ]);
}

function cellOf(cell: HeadlineCell): HTMLElement {
  const value = element("dd", { class: cell.isWrong ? "large is-wrong" : "large" }, [
    element("span", { class: "number", text: cell.value ?? "–" }),
  ]);
  if (cell.value !== null && cell.unit)
    value.append(" ", element("span", { class: "unit", text: cell.unit }));
  return element("div", { class: "cell" }, [element("dt", { text: cell.label }), value, under(cell)]);
}

/** The line under a number is always there, so that all numbers stand on one line. */
function under(cell: HeadlineCell): HTMLElement {
  const line = element("dd", { class: "under" });
  if (cell.share) line.append(bar(cell.share.name, cell.share.value));
  if (cell.note !== null) {
    if (cell.isWrong) line.append(icon("error"));
    line.append(element("span", { text: cell.note }));
  }
  return line;
}

function bar(name: string, value: number): HTMLElement {
  const filled = element("div", { class: "bar-filled" });
  filled.style.width = `${Math.min(1, Math.max(0, value)) * 100}%`;
  const text = formatNumber(value, 2);
  const attributes = {
    role: "meter",
    "aria-label": name,
    "aria-valuemin": "0",
    "aria-valuemax": "1",
    "aria-valuenow": text,
    title: `${name} ${text}`,
  };
  return element("div", { class: "bar", attributes }, [filled]);
}
