/**
 * The position in the file, and its sound when the editor can play it. Sound is fetched only once it is
 * asked for, so that opening a file far away moves no audio.
 */
import { element } from "../element";

/** What there is to play. */
export interface Sound {
  uri: string;
  /** Media type; null when it is not to be played. */
  type: string | null;
  /** Tells one content at the same address from another (a hash); null when it is not known. */
  content: string | null;
}

const REDUCED_MOTION = matchMedia("(prefers-reduced-motion: reduce)");

export class Player {
  readonly audio = element("audio", { attributes: { preload: "none" } });
  readonly #listeners: (() => void)[] = [];
  #position = 0;
  #duration = 0;
  #source: string | null = null;
  #content: string | null = null;
  #canPlay = false;

  constructor(position: number) {
    this.#position = position;
    this.#listen();
  }

  /** Seconds. */
  get position(): number {
    return this.#position;
  }

  /** Seconds; 0 while it is not known. */
  get duration(): number {
    return this.#duration;
  }

  get canPlay(): boolean {
    return this.#canPlay;
  }

  get isPlaying(): boolean {
    return !this.audio.paused;
  }

  /** Called after every change of position, of playing or of being able to play. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Takes a sound in; one that is the same as before goes on undisturbed. */
  load({ uri, type, content }: Sound): void {
    const { audio } = this;
    const source = type !== null && audio.canPlayType(type) !== "" ? uri : null;
    const isNewContent = content !== null && this.#content !== null && content !== this.#content;
    this.#content = content ?? this.#content;
    if (source === null && this.#source !== null) {
      audio.removeAttribute("src");
      audio.load();
    } else if (source !== null && (source !== this.#source || isNewContent)) audio.src = source;
    this.#source = source;
    this.#canPlay = source !== null && audio.error === null;
    this.#tell();
  }

  /** What the analysis says of the length goes before what the browser makes of it. */
  setDuration(seconds: number): void {
    if (seconds === this.#duration) return;
    this.#duration = seconds;
    this.seek(this.#position);
  }

  toggle(): void {
    if (!this.#canPlay) return;
    if (this.isPlaying) this.audio.pause();
    else this.#play();
  }

  seek(seconds: number): void {
    this.#position = Math.min(Math.max(0, seconds), this.#duration || seconds);
    // Before the file is loaded the browser takes this as where to begin.
    if (this.#canPlay) this.audio.currentTime = this.#position;
    this.#tell();
  }

  #play(): void {
    if (this.#duration > 0 && this.#position >= this.#duration - 0.01) this.seek(0);
    this.audio.play().catch((error: unknown) => {
      // A pause before the sound has begun is no failure.
      if (error instanceof DOMException && error.name === "NotSupportedError") this.#giveUp();
    });
  }

  #giveUp(): void {
    this.#canPlay = false;
    this.audio.pause();
    this.#tell();
  }

  #listen(): void {
    const { audio } = this;
    audio.addEventListener("error", () => {
      if (audio.hasAttribute("src")) this.#giveUp();
    });
    audio.addEventListener("loadedmetadata", () => {
      if (this.#duration === 0 && Number.isFinite(audio.duration)) this.#duration = audio.duration;
      audio.currentTime = this.#position;
    });
    audio.addEventListener("timeupdate", () => {
      this.#read();
    });
    audio.addEventListener("pause", () => {
      this.#read();
    });
    audio.addEventListener("play", () => {
      this.#tell();
      if (!REDUCED_MOTION.matches) this.#tick();
    });
  }

  /** A frame at a time while it plays; with reduced motion the browser's four reports a second do. */
  #tick(): void {
    if (!this.isPlaying) return;
    this.#read();
    requestAnimationFrame(() => {
      this.#tick();
    });
  }

  #read(): void {
    if (this.audio.readyState > 0) this.#position = this.audio.currentTime;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
