/** Twelve rows of pitch classes, C at the foot, the stronger the fuller; and the keys with their changes. */
import { KEY_NAMES, type SegmentsResult } from "../../shared/analysis";
import type { Surface } from "./drawWaveform";
import type { LaneKind } from "./FoldingLane";
import { keySpans, keyWords, spansIn, type KeySpan } from "./keySpans";
import { drawText } from "./laneText";
import type { TimeWindow } from "./timeWindow";

const ROWS = KEY_NAMES.length;
const NAMED_ROWS: readonly string[] = ["C", "E", "G"];
/** Strength above which a cell can be seen at all. */
const FAINTEST = 0.1;

export const CHROMA_LANE: LaneKind = {
  id: "chroma",
  label: "Chroma",
  describe: ({ analysis, view }) => {
    if (!view?.segments?.chroma.some((classes) => classes !== null)) return null;
    const words = keyWords(analysis?.tonal ? keySpans(analysis.tonal) : []);
    return `Pitch classes over time: ${words || "no clear key"}`;
  },
  draw: (surface, window, { analysis, view }) => {
    if (!view?.segments) return;
    drawCells(surface, window, view.segments);
    drawRowNames(surface);
    drawKeys(surface, window, spansIn(analysis?.tonal ? keySpans(analysis.tonal) : [], window));
  },
};

function drawCells(surface: Surface, window: TimeWindow, { step, chroma }: SegmentsResult): void {
  const { context, width, height, colours } = surface;
  const x = (segment: number): number =>
    Math.round(((segment * step - window.start) / window.length) * width);
  const row = (pitch: number): number => Math.round((1 - pitch / ROWS) * height);
  const last = Math.min(chroma.length, Math.ceil((window.start + window.length) / step));
  context.fillStyle = colours.rms;
  for (let segment = Math.max(0, Math.floor(window.start / step)); segment < last; segment++) {
    const [left, right] = [x(segment), x(segment + 1)];
    if (right === left) continue;
    for (const [pitch, strength] of chroma[segment]?.entries() ?? []) {
      if (strength < FAINTEST) continue;
      // Squared, for the eye takes half as strong for nearly as strong.
      context.globalAlpha = strength * strength;
      const top = row(pitch + 1);
      context.fillRect(left, top, right - left, row(pitch) - top);
    }
  }
  context.globalAlpha = 1;
}

/** A few rows by name, which is all there is room for. */
function drawRowNames(surface: Surface): void {
  const { height, ratio } = surface;
  for (const [pitch, text] of KEY_NAMES.entries()) {
    if (!NAMED_ROWS.includes(text)) continue;
    const y = (1 - (pitch + 0.5) / ROWS) * height;
    drawText(surface, { text, x: 6 * ratio, y: Math.min(y, height - 7 * ratio), ...textColours(surface) });
  }
}

function textColours({ colours }: Surface): { colour: string; behind: string } {
  return { colour: colours.strong, behind: colours.page };
}

function drawKeys(surface: Surface, window: TimeWindow, spans: readonly KeySpan[]): void {
  const { context, width, height, ratio, colours } = surface;
  let free = 0;
  for (const { time, name } of spans) {
    const isChange = time > window.start;
    const x = isChange ? Math.round(((time - window.start) / window.length) * width) : 0;
    context.fillStyle = colours.strong;
    if (isChange) context.fillRect(x, 0, Math.max(1, Math.round(ratio)), height);
    const left = x + 6 * ratio;
    if (left < free) continue;
    const text = drawText(surface, {
      text: name,
      x: left,
      y: 9 * ratio,
      isBold: true,
      ...textColours(surface),
    });
    free = left + text + 10 * ratio;
  }
}
