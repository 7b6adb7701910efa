/** What is noteworthy about the file; places are links that move the time. */
import { formatDuration } from "../../shared/format";
import { button, element } from "../element";
import { icon } from "../icon";
import type { Finding } from "../text/findings";

/** More places than this are only counted. */
const MOST_PLACES = 6;

const SPOKEN: Record<Finding["severity"], string> = {
  error: "Error: ",
  warning: "Warning: ",
  info: "Note: ",
};

export function findingsSection(findings: readonly Finding[], seek: (time: number) => void): HTMLElement {
  const items = findings.map((finding) =>
    element("li", { class: `finding-${finding.severity}` }, parts(finding, seek)),
  );
  return element("ul", { class: "findings", attributes: { "aria-label": "Findings" } }, items);
}

function parts(finding: Finding, seek: (time: number) => void): Node[] {
  const { places, severity, text } = finding;
  const shown: Node[] = [
    element("span", { class: "visually-hidden", text: SPOKEN[severity] }),
    element("span", { text }),
  ];
  for (const place of places.slice(0, MOST_PLACES))
    shown.push(
      button({ class: "link", text: formatDuration(place, 1), attributes: { title: "Go there" } }, () => {
        seek(place);
      }),
    );
  const more = places.length - MOST_PLACES;
  if (more > 0) shown.push(element("span", { class: "dim", text: `and ${more} more` }));
  return [icon(severity), element("div", { class: "finding-text" }, shown)];
}
