/** Draws a stretch of waveform and its ruler on a canvas, in pixels of the screen. */
import type { Waveform } from "../../shared/view";
import { columnsOf, type Columns } from "./columns";
import type { LaneColours } from "./laneColours";
import { AT_FULL_SCALE } from "./levels";
import { ticks } from "./ruler";
import type { TimeWindow } from "./timeWindow";

/** A canvas of `width` × `height` device pixels; `ratio` of them are one CSS pixel. */
export interface Surface {
  context: CanvasRenderingContext2D;
  width: number;
  height: number;
  ratio: number;
  colours: LaneColours;
}

const FULL_SCALE = 32767;
const RULER_CSS_PX = 20;

/** Peaks as a lighter and RMS as a fuller shape about a middle line. */
export function drawWaveform(
  surface: Surface,
  waveform: Waveform | null,
  window: TimeWindow,
  top: number,
): void {
  const { context, width, height, ratio, colours } = surface;
  const middle = Math.round(top + (height - top) / 2);
  const reach = (height - top) / 2 - 2 * ratio;
  context.fillStyle = colours.line;
  context.fillRect(0, middle, width, Math.max(1, Math.round(ratio)));
  if (!waveform) return;
  const columns = columnsOf(waveform, window, width);
  const y = (sample: number): number => middle - (sample / FULL_SCALE) * reach;
  context.fillStyle = colours.peak;
  fill(context, columns.max.length, (x) => [y(columns.max[x] ?? 0), y(columns.min[x] ?? 0)]);
  context.fillStyle = colours.rms;
  fill(context, columns.rms.length, (x) => rmsSpan(columns, x, y));
  markFullScale(surface, columns, top);
}

/** RMS never reaches outside the peaks of its own column. */
function rmsSpan(columns: Columns, x: number, y: (sample: number) => number): [number, number] {
  const rms = columns.rms[x] ?? 0;
  return [y(Math.min(rms, columns.max[x] ?? 0)), y(Math.max(-rms, columns.min[x] ?? 0))];
}

function fill(
  context: CanvasRenderingContext2D,
  width: number,
  span: (x: number) => readonly [number, number],
): void {
  context.beginPath();
  for (let x = 0; x < width; x++) {
    const [from, to] = span(x);
    context.rect(x, from, 1, to - from);
  }
  context.fill();
}

function markFullScale({ context, height, ratio, colours }: Surface, columns: Columns, top: number): void {
  context.fillStyle = colours.fullScale;
  const size = Math.max(2, Math.round(2 * ratio));
  for (let x = 0; x < columns.max.length; x++) {
    if ((columns.max[x] ?? 0) >= AT_FULL_SCALE) context.fillRect(x - size / 2, top, size, size);
    if ((columns.min[x] ?? 0) <= -AT_FULL_SCALE) context.fillRect(x - size / 2, height - size, size, size);
  }
}

/** Marks and times along the top; returns the height it took. */
export function drawRuler(surface: Surface, window: TimeWindow): number {
  const { context, width, ratio, colours } = surface;
  const height = Math.round(RULER_CSS_PX * ratio);
  context.font = colours.font(ratio);
  context.textBaseline = "top";
  for (const tick of ticks(window, width / ratio)) {
    const x = Math.round(((tick.time - window.start) / window.length) * width);
    const length = Math.round((tick.label === null ? 4 : 8) * ratio);
    context.fillStyle = colours.tick;
    context.fillRect(x, height - length, Math.max(1, Math.round(ratio)), length);
    const left = x + 4 * ratio;
    if (tick.label === null || left + context.measureText(tick.label).width > width) continue;
    context.fillStyle = colours.text;
    context.fillText(tick.label, left, 3 * ratio);
  }
  return height;
}
