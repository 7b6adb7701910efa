/** Once before all journeys: the workbench is on this machine, and what it loads is built. */
import { mkdirSync } from "node:fs";
import { buildExtension, buildHarness } from "./build";
import { installWorkbench } from "./install";
import { RESULTS } from "./places";

/** Vitest's entry point. */
export async function setup(): Promise<void> {
  mkdirSync(RESULTS, { recursive: true });
  installWorkbench();
  buildExtension();
  await buildHarness();
}
