/** The spectrogram: painted once, band by band, then stretched to the part in view. */
import type { Spectrogram } from "../../shared/view";
import { formatNumber } from "../../shared/format";
import { brightness } from "./brightness";
import { plasma } from "./colourMap";
import type { Surface } from "./drawWaveform";
import type { LaneKind } from "./FoldingLane";
import { drawText } from "./laneText";
import { formatFrequency, heightOf, strongestFrequency } from "./melScale";
import type { TimeWindow } from "./timeWindow";

const NAMED_HZ = [250, 1000, 4000, 16_000];
/** The picture has the same colours in every theme, and so has what is written on it. */
const TEXT = { colour: "#ffffff", behind: "#000000" };

const images = new WeakMap<Spectrogram, HTMLCanvasElement>();

export const SPECTROGRAM_LANE: LaneKind = {
  id: "spectrogram",
  label: "Spectrogram",
  describe: ({ view }) => {
    if (!view?.spectrogram) return null;
    const { lowest, highest } = view.spectrogram;
    const strongest = strongestFrequency(view.spectrogram);
    const range = `Spectrogram from ${formatNumber(lowest, 0)} Hz to ${formatFrequency(highest)}`;
    return strongest === null
      ? `${range}, silent`
      : `${range}, strongest around ${formatFrequency(strongest)}`;
  },
  draw: (surface, window, { view }) => {
    if (view?.spectrogram) drawSpectrogram(surface, window, view.spectrogram);
  },
};

function drawSpectrogram(surface: Surface, window: TimeWindow, spectrogram: Spectrogram): void {
  const { context, width, height, ratio } = surface;
  const { start, step, bands } = spectrogram;
  const image = images.get(spectrogram) ?? paint(spectrogram);
  images.set(spectrogram, image);
  context.fillStyle = "#0d0887";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(
    image,
    (window.start - start) / step,
    0,
    window.length / step,
    bands,
    0,
    0,
    width,
    height,
  );
  for (const hz of NAMED_HZ) {
    const y = (1 - heightOf(hz, spectrogram)) * height;
    if (y < 7 * ratio || y > height - 7 * ratio) continue;
    drawText(surface, { text: formatFrequency(hz), x: 5 * ratio, y, ...TEXT });
  }
}

/** A pixel a band and column, the highest band on top. */
function paint({ levels, bands }: Spectrogram): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  const columns = Math.max(1, levels.length / bands);
  canvas.width = columns;
  canvas.height = bands;
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  const picture = context.createImageData(columns, bands);
  const colours = plasma();
  const bright = brightness(levels);
  for (let at = 0; at < levels.length; at++) {
    const colour = Math.round(bright(levels[at] ?? 0) * 255) * 3;
    const row = bands - 1 - (at % bands);
    const pixel = (row * columns + Math.floor(at / bands)) * 4;
    picture.data.set(colours.subarray(colour, colour + 3), pixel);
    picture.data[pixel + 3] = 255;
  }
  context.putImageData(picture, 0, 0);
  return canvas;
}
