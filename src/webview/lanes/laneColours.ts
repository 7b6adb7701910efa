/** The theme's colours as the canvases need them, read from the style sheet, which names them once. */

export interface LaneColours {
  peak: string;
  rms: string;
  line: string;
  tick: string;
  text: string;
  fullScale: string;
  /** Lines where bars begin. */
  bar: string;
  /** Lines of a scale. */
  grid: string;
  faint: string;
  strong: string;
  /** What lies behind the lanes. */
  page: string;
  /** A canvas font for small text at so many device pixels a CSS pixel. */
  font: (ratio: number) => string;
}

export function laneColours(element: Element): LaneColours {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(`--lane-${name}`).trim();
  const size = parseFloat(style.fontSize) * 0.85;
  return {
    peak: colour("peak"),
    rms: colour("rms"),
    line: colour("line"),
    tick: colour("tick"),
    text: colour("text"),
    fullScale: colour("full-scale"),
    bar: colour("bar"),
    grid: colour("grid"),
    faint: colour("faint"),
    strong: colour("strong"),
    page: colour("page"),
    font: (ratio) => `${size * ratio}px ${style.fontFamily}`,
  };
}

/** Calls back when the editor changes its theme: it sets classes on the body and variables on the root. */
export function onThemeChange(callback: () => void): void {
  const observer = new MutationObserver(callback);
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style", "class"] });
}
