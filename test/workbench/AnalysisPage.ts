/** The analysis page in the open editor, as its reader sees it. */
import type { Frame, FrameLocator, Locator, Page } from "playwright-core";

export class AnalysisPage {
  readonly #frame: FrameLocator;

  constructor(page: Page) {
    this.#frame = page
      .frameLocator('iframe.webview.ready[src*="extensionId=playlista.playlista"]')
      .frameLocator("iframe#active-frame");
  }

  get title(): Locator {
    return this.#frame.getByRole("heading", { level: 1 });
  }

  /** What stands in place of the numbers while there are none. */
  get panel(): Locator {
    return this.#frame.getByRole("region", { name: "State" });
  }

  /** The large lane. */
  get waveform(): Locator {
    return this.#frame.getByRole("slider", { name: "Position" });
  }

  /** The line under the title: artist, format, length. */
  formatLine(): Promise<string> {
    return this.#frame.locator(".format-line").innerText();
  }

  /** What is doubtful about the file, as said. */
  findings(): Promise<string> {
    return this.#frame.getByRole("list", { name: "Findings" }).innerText();
  }

  /** The waveform as a table. */
  get table(): Locator {
    return this.#frame.getByRole("table");
  }

  /** The measured values by their label, each as shown with its unit ("124.0 BPM"). */
  async measuredValues(): Promise<Map<string, string>> {
    const region = this.#frame.getByRole("region", { name: "Measured values" });
    await region.waitFor();
    const pairs = await region.locator(".row").evaluateAll((rows) =>
      rows.map((row) => {
        // Invisible zeros line the numbers up; a reader does not see them.
        const [label = "", ...texts] = [...row.children].map((cell) => {
          const copy = cell.cloneNode(true) as Element;
          for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
          return copy.textContent.trim();
        });
        const group = row.closest(".group")?.querySelector("h2")?.textContent ?? "";
        return [`${group}: ${label}`, texts.filter((text) => text !== "").join(" ")] as const;
      }),
    );
    return new Map(pairs);
  }

  /** Share (0–1) of the waveform's pixel columns, below the ruler, in which something is painted. */
  async paintedColumns(): Promise<number> {
    return this.waveform.locator("canvas").evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement;
      const context = (element as HTMLCanvasElement).getContext("2d");
      if (!context || width < 2 || height < 2) return 0;
      const top = Math.floor(height * 0.4);
      const { data } = context.getImageData(0, top, width, height - top);
      const isPainted = (column: number): boolean => {
        // Two rows at the least: a mere middle line is no waveform.
        let rows = 0;
        for (let at = column * 4 + 3; at < data.length; at += width * 4) if ((data[at] ?? 0) > 0) rows++;
        return rows > 2;
      };
      return Array.from({ length: width }, (_, column) => column).filter(isPainted).length / width;
    });
  }

  /** The page's own frame, for tools that read a document. */
  async frame(): Promise<Frame> {
    const handle = await this.#frame.owner().elementHandle();
    const frame = await handle.contentFrame();
    if (!frame) throw new Error("No analysis page is open.");
    return frame;
  }
}
