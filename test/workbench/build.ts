/** Builds what a window needs: the extension's dist/ if it is older than its sources, and our own two bundles. */
import { chmodSync, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { BUNDLES, PROJECT, WORKBENCH } from "./places";
import { succeeds } from "./processes";

/** The executable that stands in for VS Code's. */
export const LAUNCHER = join(BUNDLES, "launcher.mjs");
/** The module that VS Code loads as the tests. */
export const SUITE = join(BUNDLES, "suite.cjs");

function newestChange(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Math.max(0, ...entries.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}

function distIsFresh(): boolean {
  const built = join(PROJECT, "dist", "extension.js");
  if (!existsSync(built)) return false;
  const sources = ["package.json", "esbuild.mjs"].map((name) => statSync(join(PROJECT, name)).mtimeMs);
  return statSync(built).mtimeMs > Math.max(newestChange(join(PROJECT, "src")), ...sources);
}

/** Builds dist/ unless it is newer than all that goes into it. */
export function buildExtension(): void {
  if (distIsFresh()) return;
  if (!succeeds(process.execPath, ["esbuild.mjs"], { cwd: PROJECT })) throw new Error("The build failed.");
}

/** Bundles the launcher and the in-window suite, which other programs load as plain files. */
export async function buildHarness(): Promise<void> {
  const common = { bundle: true, platform: "node", target: "node20", logLevel: "warning" } as const;
  await esbuild.build({
    ...common,
    entryPoints: [join(WORKBENCH, "launcher.ts")],
    outfile: LAUNCHER,
    format: "esm",
    packages: "external",
    banner: { js: "#!/usr/bin/env node" },
  });
  await esbuild.build({
    ...common,
    entryPoints: [join(WORKBENCH, "suite.ts")],
    outfile: SUITE,
    format: "cjs",
  });
  chmodSync(LAUNCHER, 0o755);
}
