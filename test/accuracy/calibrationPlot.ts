/** The calibration as a picture: confidence to the right, share that is right upwards, readable on light and dark. */
import type { Bin, Calibration } from "./calibration";

const SIDE = 280;
const LEFT = 56;
const TOP = 44;
const PANEL = SIDE + LEFT + 44;
const HEIGHT = TOP + SIDE + 60;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

const STYLE = `
    text { font: 12px system-ui, sans-serif; fill: #444; }
    .title { font-size: 13px; font-weight: 600; fill: #222; }
    .frame, .grid { fill: none; stroke: #8886; }
    .ideal { stroke: #888; stroke-dasharray: 4 4; }
    .line { fill: none; stroke: #0b6bcb; stroke-width: 1.5; }
    .bin { fill: #0b6bcb; fill-opacity: 0.75; }
    @media (prefers-color-scheme: dark) {
      text { fill: #bbb; }
      .title { fill: #eee; }
      .line { stroke: #6cb6ff; }
      .bin { fill: #6cb6ff; }
    }`;

/** An SVG document with a panel for each. */
export function calibrationPlot(calibrations: readonly Calibration[]): string {
  const width = PANEL * calibrations.length;
  const title = "How often a value is right, by its confidence, on music that was never tuned on";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" role="img">`,
    `  <title>${title}</title>`,
    `  <style>${STYLE}\n  </style>`,
    ...calibrations.map((calibration, i) => panel(calibration, LEFT + i * PANEL)),
    "</svg>",
    "",
  ].join("\n");
}

function panel({ title, bins, error }: Calibration, left: number): string {
  const filled = bins.filter(({ count }) => count > 0);
  const points = filled.map((bin) => `${at(bin.confidence)},${at(1 - bin.right)}`).join(" ");
  const total = filled.reduce((sum, { count }) => sum + count, 0);
  const lines = [
    `<text class="title" x="0" y="-24">${title}</text>`,
    `<text x="0" y="-8">${total} files; mean distance ${error.toFixed(2)}</text>`,
    `<rect class="frame" width="${SIDE}" height="${SIDE}"/>`,
    ...TICKS.map(tick),
    `<line class="ideal" x1="0" y1="${SIDE}" x2="${SIDE}" y2="0"/>`,
    `<polyline class="line" points="${points}"/>`,
    ...filled.map(circle),
    `<text x="${SIDE / 2}" y="${SIDE + 40}" text-anchor="middle">confidence</text>`,
    `<text transform="translate(-40 ${SIDE / 2}) rotate(-90)" text-anchor="middle">share that is right</text>`,
  ];
  return `  <g transform="translate(${left} ${TOP})">\n${lines.map((line) => `    ${line}\n`).join("")}  </g>`;
}

function tick(value: number): string {
  const along = at(value);
  const up = at(1 - value);
  return [
    `<path class="grid" d="M${along} 0V${SIDE}M0 ${up}H${SIDE}"/>`,
    `<text x="${along}" y="${SIDE + 18}" text-anchor="middle">${value}</text>`,
    `<text x="-8" y="${up + 4}" text-anchor="end">${value}</text>`,
  ].join("");
}

/** Its area grows with the number of files. */
function circle({ count, confidence, right }: Bin): string {
  const place = `cx="${at(confidence)}" cy="${at(1 - right)}" r="${(2 + Math.sqrt(count)).toFixed(1)}"`;
  return `<circle class="bin" ${place}><title>${count} files, ${Math.round(100 * right)} % right</title></circle>`;
}

function at(share: number): number {
  return Math.round(10 * SIDE * share) / 10;
}
