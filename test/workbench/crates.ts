/** A collection large enough that a run over it can be met in its middle. */
import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { hasAudioExtension } from "../../src/shared/audioFormats";
import { eventually } from "./eventually";
import { copyExample, EXAMPLE_FILES } from "./journey";
import type { Workbench } from "./Workbench";

const CRATES = 4;
/** One file at a time, so that the run lasts also where there are many processors. */
export const SLOW_RUN = { "playlista.analysis.workers": 1 };

/** Files of the collection. */
export const CRATE_FILES = CRATES * EXAMPLE_FILES;

/** Fills `Crates/Crate 1` … with the example's pieces, each a file of its own: the same content is analysed once. */
export function fillCrates(folder: string): void {
  for (let crate = 1; crate <= CRATES; crate++) {
    const place = join(folder, "Crates", `Crate ${crate}`);
    copyExample(place);
    for (const path of readdirSync(place, { recursive: true, encoding: "utf8" }))
      if (hasAudioExtension(path)) appendFileSync(join(place, path), `Crate ${crate}`);
  }
}

/** Starts a run over all crates by the context menu and returns once some files are done. */
export async function startRunOverCrates(workbench: Workbench): Promise<void> {
  await workbench.chooseInExplorer(["Crates"], "Analyze Audio");
  // A file counts as done once its result is on the disk.
  await eventually(() => doneFiles(workbench), 60_000).toBeGreaterThanOrEqual(2);
}

/** As the status bar counts them while a run goes on; 0 while it does not. */
export async function doneFiles(workbench: Workbench): Promise<number> {
  return Number(/^(\d+) \/ \d+$/.exec(await workbench.statusBarText())?.[1] ?? 0);
}
