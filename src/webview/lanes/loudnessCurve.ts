/** The loudness curve as it is drawn: its scale, and its points where there is room for fewer than there are. */
import { SILENT, type LoudnessCurve } from "../../shared/view";
import type { TimeWindow } from "./timeWindow";

/** LUFS at the upper and the lower edge of the lane. */
export interface LoudnessScale {
  top: number;
  bottom: number;
}

const SHOWN_LU = 30;
const STEP_LU = 6;
/** Above the loudest place, at least. */
const ROOM_LU = 3;
/** From one named line to the next. */
const LINES_LU = 12;
const EDGE_LU = 2;

/** Holds the loudest place of the file; what lies far below is cut off. */
export function loudnessScale({ momentary }: LoudnessCurve): LoudnessScale {
  const loudest = momentary.reduce((most, value) => Math.max(most, value), SILENT) / 100;
  const top = Math.max(-42, Math.ceil((loudest + ROOM_LU) / STEP_LU) * STEP_LU);
  return { top, bottom: top - SHOWN_LU };
}

/** The values that have a line and a name, none at the very edges. */
export function scaleLines({ top, bottom }: LoudnessScale): number[] {
  const lines: number[] = [];
  for (let lufs = Math.floor(top / LINES_LU) * LINES_LU; lufs > bottom + EDGE_LU; lufs -= LINES_LU)
    if (lufs < top - EDGE_LU) lines.push(lufs);
  return lines;
}

/** `x` 0–1 across the window; `lufs` null is a gap. */
export interface CurvePoint {
  x: number;
  lufs: number | null;
}

/** One point a value, or the lowest and the highest of several where values are denser than `width` pixels. */
export function curvePoints(
  values: Int16Array,
  step: number,
  window: TimeWindow,
  width: number,
): CurvePoint[] {
  const stride = Math.max(1, Math.ceil(window.length / step / width));
  // The value at i ends at (i + 1) × step. One on either side leads out of sight.
  const first = Math.floor(window.start / step / stride - 2) * stride;
  const last = Math.ceil((window.start + window.length) / step) + stride;
  const points: CurvePoint[] = [];
  for (let at = Math.max(0, first); at < Math.min(values.length, last); at += stride) {
    const part = values.subarray(at, at + stride);
    const x = ((at + part.length) * step - window.start) / window.length;
    for (const value of stride === 1 ? part : extremes(part))
      points.push({ x, lufs: value === SILENT ? null : value / 100 });
  }
  return points;
}

function extremes(values: Int16Array): [lowest: number, highest: number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}
