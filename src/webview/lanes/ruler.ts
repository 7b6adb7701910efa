/** Where the time ruler has its marks: steps that people count in, as dense as there is room for. */
import { formatDuration } from "../../shared/format";
import type { TimeWindow } from "./timeWindow";

export interface Tick {
  /** Seconds. */
  time: number;
  /** Null for a small mark between two named ones. */
  label: string | null;
}

/** Seconds between marks. */
const STEPS = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400,
];
const DAY = 86_400;
const LABEL_SPACING_PX = 72;
const MARK_SPACING_PX = 9;

/** The marks in a window that is `width` pixels wide. */
export function ticks(window: TimeWindow, width: number): Tick[] {
  const pixelsPerSecond = width / window.length;
  const step =
    STEPS.find((each) => each * pixelsPerSecond >= LABEL_SPACING_PX) ??
    wholeDays(LABEL_SPACING_PX / pixelsPerSecond);
  const small =
    STEPS.find((each) => divides(each, step) && each * pixelsPerSecond >= MARK_SPACING_PX) ?? step;
  const perLabel = Math.round(step / small);
  const digits = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
  const marks: Tick[] = [];
  const last = Math.floor((window.start + window.length) / small);
  if (!Number.isSafeInteger(last)) return marks;
  for (let n = Math.ceil(window.start / small); n <= last; n++)
    marks.push({ time: n * small, label: n % perLabel === 0 ? formatDuration(n * small, digits) : null });
  return marks;
}

/** At least `seconds`: no file is as long, but a length that is read may be any number. */
function wholeDays(seconds: number): number {
  return Math.ceil(seconds / DAY) * DAY;
}

function divides(small: number, large: number): boolean {
  const times = large / small;
  return Math.abs(times - Math.round(times)) < 1e-6;
}
