/**
 * The module that VS Code loads as "the tests". The journeys drive the window from outside, with mouse and
 * keyboard, so all that is done in here is to wait for their verdict and to hand it on: VS Code then ends with
 * the exit code that `@vscode/test-electron` looks at. It starts anew with each reload of the window.
 */
import { existsSync, readFileSync } from "node:fs";

const POLL_MS = 200;

/** Resolves when all journeys of the window passed, rejects with their failure. */
export async function run(): Promise<void> {
  const file = process.env["PLAYLISTA_VERDICT"];
  if (!file) throw new Error("PLAYLISTA_VERDICT names no file: start this suite by the workbench tests.");
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  const verdict = readFileSync(file, "utf8");
  if (verdict !== "passed") throw new Error(`[suite] ${verdict}`);
}
