/** Which beats are marked when there is not room for all of them. */
import { contains, type TimeWindow } from "./timeWindow";

/**
 * The times (s, in order) that lie in a window of `width` pixels: all, or every second, fourth … of the whole list,
 * so that they are `spacing` pixels apart on average and the same ones stay while the window moves.
 */
export function beatMarks(
  times: readonly number[],
  window: TimeWindow,
  width: number,
  spacing: number,
): number[] {
  const inside = times.filter((time) => contains(window, time)).length;
  let step = 1;
  while ((width * step) / inside < spacing) step *= 2;
  return times.filter((time, index) => index % step === 0 && contains(window, time));
}
