/** The three buttons that change how much time is in view. */
import { button, element } from "../element";
import { icon, type IconName } from "../icon";

export interface ZoomActions {
  zoomIn: () => void;
  zoomOut: () => void;
  showWhole: () => void;
}

export function zoomButtons({ zoomIn, zoomOut, showWhole }: ZoomActions): HTMLElement {
  return element("div", { class: "zoom", attributes: { role: "group", "aria-label": "Zoom" } }, [
    zoomButton("zoomOut", "Zoom Out (−)", zoomOut),
    zoomButton("zoomIn", "Zoom In (+)", zoomIn),
    zoomButton("whole", "Show Whole File", showWhole),
  ]);
}

function zoomButton(name: IconName, label: string, press: () => void): HTMLButtonElement {
  const made = button({ class: "icon-button", attributes: { "aria-label": label, title: label } }, press);
  made.append(icon(name));
  return made;
}
