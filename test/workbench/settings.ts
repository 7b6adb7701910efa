/** User settings that keep the workbench quiet, so that what is seen is the extension's doing. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Theme = "light" | "dark" | "hc" | "hcLight";

const THEMES: Record<Theme, string> = {
  light: "Default Light Modern",
  dark: "Default Dark Modern",
  hc: "Default High Contrast",
  hcLight: "Default High Contrast Light",
};

/** Narrows a word from a command line. */
export function isTheme(word: string): word is Theme {
  return word in THEMES;
}

/** Writes the settings of a fresh user data folder; `more` are the journey's own settings. */
export function writeSettings(userDataDir: string, theme: Theme, more: Record<string, unknown> = {}): void {
  const settings = {
    "workbench.colorTheme": THEMES[theme],
    "workbench.startupEditor": "none",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.tips.enabled": false,
    "workbench.welcomePage.walkthroughs.openOnInstall": false,
    "chat.disableAIFeatures": true,
    "telemetry.telemetryLevel": "off",
    "update.mode": "none",
    "extensions.ignoreRecommendations": true,
    "git.enabled": false,
    // Else the Explorer drops a selection of several when the editor of its first file is open, some time later.
    "explorer.autoReveal": false,
    // Else the window tells of ports that other programs of this machine open.
    "remote.autoForwardPorts": false,
    // Menus and dialogs that are part of the page, also in a desktop window.
    "window.menuStyle": "custom",
    "window.titleBarStyle": "custom",
    "window.dialogStyle": "custom",
    ...more,
  };
  // A server's window takes what belongs to a machine from the machine's settings.
  for (const place of ["User", "Machine"]) {
    mkdirSync(join(userDataDir, place), { recursive: true });
    const content = place === "User" ? settings : more;
    writeFileSync(join(userDataDir, place, "settings.json"), JSON.stringify(content, null, 2));
  }
}
