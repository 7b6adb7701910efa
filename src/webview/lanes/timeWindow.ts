/** The stretch of time that the lanes show, and how zooming and moving change it. All in seconds. */
export interface TimeWindow {
  start: number;
  length: number;
}

/** The whole of a file. */
export function whole(duration: number): TimeWindow {
  return { start: 0, length: duration };
}

export function isWhole(window: TimeWindow, duration: number): boolean {
  return window.length >= duration;
}

/** Within the file, and no shorter than `shortest`. */
export function clamped(window: TimeWindow, duration: number, shortest: number): TimeWindow {
  const length = Math.min(duration, Math.max(Math.min(shortest, duration), window.length));
  return { start: Math.min(Math.max(0, window.start), duration - length), length };
}

/** `factor` above 1 shows less; the moment `at` stays where it is on the screen. */
export function zoomed(window: TimeWindow, factor: number, at: number): TimeWindow {
  const length = window.length / factor;
  return { start: at - ((at - window.start) / window.length) * length, length };
}

export function contains(window: TimeWindow, time: number): boolean {
  return time >= window.start && time <= window.start + window.length;
}

/** Unchanged when `time` is in sight; else moved so that it is, a little after the left edge. */
export function showing(window: TimeWindow, time: number): TimeWindow {
  return contains(window, time) ? window : { ...window, start: time - window.length * 0.1 };
}
