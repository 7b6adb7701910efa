/** Small text on a canvas, readable over anything: it stands on a plate. */
import type { Surface } from "./drawWaveform";

export interface LaneText {
  text: string;
  /** Device pixels: the left edge of the text, or its right edge; and the middle of its height. */
  x: number;
  y: number;
  colour: string;
  /** Of the plate. */
  behind: string;
  align?: "left" | "right";
  isBold?: boolean;
}

const PLATE_HEIGHT_CSS_PX = 14;
const PLATE_EDGE_CSS_PX = 3;

/** Returns the width of the text in device pixels. */
export function drawText({ context, ratio, colours }: Surface, label: LaneText): number {
  context.font = `${label.isBold === true ? "bold " : ""}${colours.font(ratio)}`;
  const { width } = context.measureText(label.text);
  const left = label.align === "right" ? label.x - width : label.x;
  const [edge, height] = [PLATE_EDGE_CSS_PX * ratio, PLATE_HEIGHT_CSS_PX * ratio];
  context.globalAlpha = 0.8;
  context.fillStyle = label.behind;
  context.beginPath();
  context.roundRect(left - edge, label.y - height / 2, width + 2 * edge, height, edge);
  context.fill();
  context.globalAlpha = 1;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = label.colour;
  context.fillText(label.text, left, label.y);
  return width;
}
