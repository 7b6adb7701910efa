/** Loudness over time: short-term strong, momentary dim, integrated as a dashed line; each is named. */
import { formatNumber } from "../../shared/format";
import { SILENT, type LoudnessCurve } from "../../shared/view";
import type { Surface } from "./drawWaveform";
import type { LaneKind } from "./FoldingLane";
import { drawText } from "./laneText";
import { curvePoints, loudnessScale, scaleLines, type LoudnessScale } from "./loudnessCurve";
import type { TimeWindow } from "./timeWindow";

export const LOUDNESS_LANE: LaneKind = {
  id: "loudness",
  label: "Loudness",
  describe: ({ analysis, view }) =>
    view?.loudness ? nameOf(view.loudness, analysis?.loudness?.integrated ?? null) : null,
  draw: (surface, window, { analysis, view }) => {
    if (!view?.loudness) return;
    const scale = loudnessScale(view.loudness);
    drawGrid(surface, scale);
    drawCurves(surface, window, view.loudness, scale);
    const integrated = analysis?.loudness?.integrated ?? null;
    if (integrated !== null) drawIntegrated(surface, integrated, scale);
    drawNames(surface, scale);
  },
};

function nameOf({ shortTerm }: LoudnessCurve, integrated: number | null): string {
  const heard = shortTerm.filter((value) => value !== SILENT);
  if (heard.length === 0) return "Loudness over time: silent";
  const low = heard.reduce((a, b) => Math.min(a, b));
  const high = heard.reduce((a, b) => Math.max(a, b));
  const whole = integrated === null ? "" : `integrated ${formatNumber(integrated, 1)} LUFS, `;
  const range = `${formatNumber(low / 100, 1)} to ${formatNumber(high / 100, 1)} LUFS`;
  return `Loudness over time: ${whole}short-term ${range}`;
}

function yOf({ height }: Surface, { top, bottom }: LoudnessScale, lufs: number): number {
  return ((top - Math.max(bottom, lufs)) / (top - bottom)) * height;
}

function drawGrid(surface: Surface, scale: LoudnessScale): void {
  const { context, width, ratio, colours } = surface;
  context.fillStyle = colours.grid;
  for (const lufs of scaleLines(scale))
    context.fillRect(0, Math.round(yOf(surface, scale, lufs)), width, Math.max(1, Math.round(ratio)));
}

function drawNames(surface: Surface, scale: LoudnessScale): void {
  const { ratio, colours } = surface;
  for (const lufs of scaleLines(scale)) {
    const y = Math.round(yOf(surface, scale, lufs));
    const text = formatNumber(lufs, 0);
    drawText(surface, { text, x: 6 * ratio, y, colour: colours.text, behind: colours.page });
  }
}

function drawCurves(surface: Surface, window: TimeWindow, curve: LoudnessCurve, scale: LoudnessScale): void {
  const { context, width, ratio, colours } = surface;
  const line = (values: Int16Array, colour: string, thickness: number): void => {
    context.beginPath();
    let isDown = false;
    for (const { x, lufs } of curvePoints(values, curve.step, window, width / ratio)) {
      if (lufs !== null) {
        const [at, y] = [x * width, yOf(surface, scale, lufs)];
        if (isDown) context.lineTo(at, y);
        else context.moveTo(at, y);
      }
      isDown = lufs !== null;
    }
    context.strokeStyle = colour;
    context.lineWidth = thickness * ratio;
    context.lineJoin = "round";
    context.stroke();
  };
  line(curve.momentary, colours.faint, 1);
  line(curve.shortTerm, colours.rms, 2);
}

function drawIntegrated(surface: Surface, lufs: number, scale: LoudnessScale): void {
  const { context, width, ratio, colours } = surface;
  const y = yOf(surface, scale, lufs);
  context.setLineDash([5 * ratio, 4 * ratio]);
  context.strokeStyle = colours.strong;
  context.lineWidth = ratio;
  context.beginPath();
  context.moveTo(0, y);
  context.lineTo(width, y);
  context.stroke();
  context.setLineDash([]);
  drawLegend(surface, lufs, y);
}

/** From the right, as far as there is room: at the edge that is further off, over as little of the curves as can be. */
function drawLegend(surface: Surface, lufs: number, integratedY: number): void {
  const { width, height, ratio, colours } = surface;
  const y = integratedY < height / 2 ? height - 10 * ratio : 10 * ratio;
  const names = [
    { text: `${formatNumber(lufs, 1)} LUFS integrated`, colour: colours.strong },
    { text: "momentary", colour: colours.text },
    { text: "short-term", colour: colours.rms },
  ];
  let x = width - 6 * ratio;
  for (const name of names) {
    if (x < width / 4) return;
    x -= drawText(surface, { ...name, x, y, behind: colours.page, align: "right" }) + 14 * ratio;
  }
}
