/** Gathers the bins of a waveform into the columns of pixels that a lane has room for. */
import type { Waveform } from "../../shared/view";
import type { TimeWindow } from "./timeWindow";

/** One value a column, full scale at 32767; silence after the end of the file. */
export interface Columns {
  min: Int16Array;
  max: Int16Array;
  rms: Uint16Array;
}

/** Each column takes the lowest, the highest and the mean power of every bin that it touches. */
export function columnsOf(waveform: Waveform, window: TimeWindow, width: number): Columns {
  const columns: Columns = {
    min: new Int16Array(width),
    max: new Int16Array(width),
    rms: new Uint16Array(width),
  };
  const binsPerSecond = waveform.sampleRate / waveform.samplesPerBin;
  const binsPerColumn = (window.length * binsPerSecond) / width;
  for (let x = 0; x < width; x++) {
    const from = window.start * binsPerSecond + x * binsPerColumn;
    const first = Math.floor(from);
    const last = Math.min(waveform.min.length, Math.max(first + 1, Math.ceil(from + binsPerColumn)));
    gather(waveform, first, last, columns, x);
  }
  return columns;
}

function gather(waveform: Waveform, first: number, last: number, columns: Columns, x: number): void {
  let min = 0;
  let max = 0;
  let power = 0;
  for (let bin = first; bin < last; bin++) {
    min = Math.min(min, waveform.min[bin] ?? 0);
    max = Math.max(max, waveform.max[bin] ?? 0);
    power += (waveform.rms[bin] ?? 0) ** 2;
  }
  columns.min[x] = min;
  columns.max[x] = max;
  columns.rms[x] = last > first ? Math.sqrt(power / (last - first)) : 0;
}
