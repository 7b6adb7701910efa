/** The keys of the page, wherever the focus is: Space, arrows, Home and End, plus and minus. */
import type { Lanes } from "./lanes/Lanes";
import type { Player } from "./player/Player";

const STEP_SECONDS = 5;

export function listenToKeys(player: Player, lanes: Lanes): void {
  const keys: Readonly<Record<string, () => void>> = {
    " ": () => {
      player.toggle();
    },
    ArrowLeft: () => {
      player.seek(player.position - STEP_SECONDS);
    },
    ArrowRight: () => {
      player.seek(player.position + STEP_SECONDS);
    },
    Home: () => {
      player.seek(0);
    },
    End: () => {
      player.seek(player.duration);
    },
    "+": () => {
      lanes.zoomIn();
    },
    "=": () => {
      lanes.zoomIn();
    },
    "-": () => {
      lanes.zoomOut();
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    // Space on a button presses it.
    if (event.key === " " && event.target instanceof HTMLButtonElement) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
