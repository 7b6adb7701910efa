/** Small text on a canvas, readable over anything: each letter has an outline. */
import type { Surface } from "./drawWaveform";

export interface LaneText {
  text: string;
  /** Device pixels. */
  x: number;
  y: number;
  colour: string;
  outline: string;
  align?: "left" | "right";
  baseline?: "top" | "middle" | "bottom";
}

export function drawText({ context, ratio, colours }: Surface, label: LaneText): void {
  context.font = colours.font(ratio);
  context.textAlign = label.align ?? "left";
  context.textBaseline = label.baseline ?? "middle";
  context.lineJoin = "round";
  context.lineWidth = 3 * ratio;
  context.strokeStyle = label.outline;
  context.strokeText(label.text, label.x, label.y);
  context.fillStyle = label.colour;
  context.fillText(label.text, label.x, label.y);
}
