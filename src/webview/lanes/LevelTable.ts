/** The waveform in words: peak and RMS of twenty stretches, for those who read better than they see. */
import { element } from "../element";
import { formatDuration, formatNumber } from "../../shared/format";
import type { Waveform } from "../../shared/view";
import { levels, type Level } from "./levels";

const STRETCHES = 20;

export function levelTable(waveform: Waveform): HTMLTableElement {
  const head = ["From", "To", "Peak, dBFS", "RMS, dBFS"].map((text) =>
    element("th", { text, attributes: { scope: "col" } }),
  );
  return element("table", { class: "levels" }, [
    element("caption", { text: "Waveform: level over time" }),
    element("thead", {}, [element("tr", {}, head)]),
    element("tbody", {}, levels(waveform, STRETCHES).map(row)),
  ]);
}

function row(level: Level): HTMLTableRowElement {
  return element("tr", {}, [
    element("th", { text: formatDuration(level.start, 1), attributes: { scope: "row" } }),
    element("td", { text: formatDuration(level.end, 1) }),
    element("td", { text: decibels(level.peak) }),
    element("td", { text: decibels(level.rms) }),
  ]);
}

function decibels(value: number | null): string {
  return value === null ? "silence" : formatNumber(value, 1);
}
