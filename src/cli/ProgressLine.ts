/** Progress on stderr: a bar on a terminal, elsewhere a line from time to time. Stdout stays for results. */
import { SingleBar } from "cli-progress";
import { printable } from "./printable";

/** Between two lines where there is no terminal, in ms. */
const LINE_INTERVAL_MS = 5000;

export interface ProgressState {
  counted: boolean;
  done: number;
  total: number;
  failed: number;
  waitingFor: string | null;
}

export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #bar: SingleBar | null;
  #barStarted = false;
  #lastLine = 0;
  #waitingFor: string | null = null;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#bar = stream.isTTY
      ? new SingleBar({
          stream,
          format: "{bar} {value} / {total}  {failed}",
          barCompleteChar: "█",
          barIncompleteChar: "░",
          hideCursor: true,
          clearOnComplete: true,
          barsize: 30,
        })
      : null;
  }

  show(progress: ProgressState): void {
    if (progress.waitingFor !== this.#waitingFor) {
      this.#waitingFor = progress.waitingFor;
      if (progress.waitingFor !== null)
        this.say(`Waiting for ${progress.waitingFor}, which is writing this library …`);
    }
    if (!progress.counted) return;
    if (this.#bar) this.#drawBar(this.#bar, progress);
    else this.#printLine(progress);
  }

  /** A line that stays. */
  say(line: string): void {
    this.stop();
    this.#stream.write(`${printable(line)}\n`);
  }

  stop(): void {
    if (this.#barStarted) this.#bar?.stop();
    this.#barStarted = false;
  }

  #drawBar(bar: SingleBar, progress: ProgressState): void {
    const payload = { failed: progress.failed > 0 ? `${progress.failed} failed` : "" };
    if (!this.#barStarted) bar.start(progress.total, progress.done, payload);
    this.#barStarted = true;
    bar.setTotal(progress.total);
    bar.update(progress.done, payload);
  }

  #printLine({ done, total, failed }: ProgressState): void {
    const now = Date.now();
    if (this.#lastLine === 0) this.#lastLine = now;
    if (now - this.#lastLine < LINE_INTERVAL_MS) return;
    this.#lastLine = now;
    this.#stream.write(`${done} / ${total}${failed > 0 ? ` (${failed} failed)` : ""}\n`);
  }
}
