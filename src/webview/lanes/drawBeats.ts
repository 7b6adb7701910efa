/** Marks beats on the waveform: ticks at its foot, and a line through it where a bar begins. */
import type { RhythmResult } from "../../shared/analysis";
import { beatMarks } from "./beatMarks";
import type { Surface } from "./drawWaveform";
import type { TimeWindow } from "./timeWindow";

const TICK_CSS_PX = 7;
const TICK_SPACING_CSS_PX = 4;
/** Lines closer than this would hide the waveform. */
const LINE_SPACING_CSS_PX = 20;

export function drawBeats(
  { context, width, height, ratio, colours }: Surface,
  { beats, downbeats }: RhythmResult,
  window: TimeWindow,
  top: number,
): void {
  const thin = Math.max(1, Math.round(ratio));
  const mark = (times: readonly number[] | null, spacing: number, from: number): void => {
    for (const time of beatMarks(times ?? [], window, width / ratio, spacing)) {
      const x = Math.round(((time - window.start) / window.length) * width);
      context.fillRect(x, from, thin, height - from);
    }
  };
  context.fillStyle = colours.bar;
  mark(downbeats, LINE_SPACING_CSS_PX, top);
  context.fillStyle = colours.text;
  mark(beats, TICK_SPACING_CSS_PX, height - TICK_CSS_PX * ratio);
}
