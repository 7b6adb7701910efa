/**
 * Which of a track's frames are to be heard. As other players do, the last unit that an edit touches is heard to
 * its end; what comes before an edit is cut to the sample.
 */
import type { UnitDecoder } from "../unitDecoder";
import { rangesOf, type MediaRange } from "./edits";
import type { AudioTrack, Movie } from "./movie";
import type { AccessUnit } from "./sampleTable";

export class Timeline {
  readonly #ranges: MediaRange[];
  readonly #timescale: number;
  readonly #sampleRate: number;
  #current = 0;

  constructor(
    movie: Movie,
    track: AudioTrack,
    { sampleRate, delay = 0 }: Pick<UnitDecoder, "sampleRate" | "delay">,
  ) {
    this.#timescale = track.timescale;
    this.#sampleRate = sampleRate;
    const noted = ((movie.encoderDelay ?? delay) * track.timescale) / sampleRate;
    const start = movie.encoderDelay === null && track.hiddenStart > 0 ? track.hiddenStart : noted;
    this.#ranges = rangesOf(track.edits, movie.timescale, track.timescale) ?? [{ start, end: Infinity }];
  }

  /** Frames in a time of the track. */
  frames(duration: number): number {
    return Math.round((duration * this.#sampleRate) / this.#timescale);
  }

  /** Whether nothing from this unit on is to be heard. Units must come in the order of their time. */
  isOver({ time }: AccessUnit): boolean {
    while (this.#current < this.#ranges.length && time >= (this.#ranges[this.#current]?.end ?? 0))
      this.#current++;
    return this.#current >= this.#ranges.length;
  }

  /** Whether this unit need not even be decoded: decoders need a second before what is to be heard at most. */
  isTooEarly({ time, duration }: AccessUnit): boolean {
    return time + duration < this.#start - this.#timescale;
  }

  /** Frames at the beginning of this unit that are not to be heard. */
  framesBefore({ time }: AccessUnit): number {
    return time >= this.#start ? 0 : this.frames(this.#start - time);
  }

  /** Frames to be heard of a track that is so long. */
  framesOf(duration: number): number {
    let sum = 0;
    for (const { start, end } of this.#ranges) sum += Math.max(0, Math.min(end, duration) - start);
    return this.frames(sum);
  }

  get #start(): number {
    return this.#ranges[this.#current]?.start ?? 0;
  }
}
