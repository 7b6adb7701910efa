/** The few icons of the page, drawn as SVG in the colour of their text, so that no font has to be loaded. */

const SVG = "http://www.w3.org/2000/svg";

/** Outlines on a field of 16 × 16, filled by the even-odd rule. */
const OUTLINES = {
  play: "M4.5 2.5v11l9-5.5z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  ok: "M13.6 4.1 6.3 12 2.4 8.3l.9-.9 2.9 2.8 6.5-7z",
  info: "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 1.1a5.9 5.9 0 1 0 0 11.8A5.9 5.9 0 0 0 8 2.1zM7.4 7h1.2v4.6H7.4zm0-2.5h1.2v1.3H7.4z",
  warning: "M8 1.4 15.2 14H.8zM8 3.7 2.7 12.9h10.6zM7.4 6.6h1.2v3.2H7.4zm0 4h1.2v1.2H7.4z",
  error:
    "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 1.1a5.9 5.9 0 1 0 0 11.8A5.9 5.9 0 0 0 8 2.1zM5.6 4.8 8 7.2l2.4-2.4.8.8L8.8 8l2.4 2.4-.8.8L8 8.8l-2.4 2.4-.8-.8L7.2 8 4.8 5.6z",
  zoomIn: "M7.4 3h1.2v4.4H13v1.2H8.6V13H7.4V8.6H3V7.4h4.4z",
  zoomOut: "M3 7.4h10v1.2H3z",
  fold: "M3.2 5.2 8 10l4.8-4.8.9.9L8 11.8 2.3 6.1z",
  whole: "M1.5 3h1.2v10H1.5zM13.3 3h1.2v10h-1.2zM3.6 8l2.6-2.4v1.8h3.6V5.6L12.4 8l-2.6 2.4V8.6H6.2v1.8z",
} as const;

export type IconName = keyof typeof OUTLINES;

/** An icon beside words that say the same: screen readers pass over it. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", OUTLINES[name]);
  path.setAttribute("fill", "currentColor");
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
