/** Where things of the test workbench are on this machine: found from the project, never written down. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

function findProject(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "esbuild.mjs"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("The test workbench must lie inside the Playlista project.");
    folder = parent;
  }
  return folder;
}

/** Absolute folder of the project: the extension itself. */
export const PROJECT = findProject();
/** Folder with the workbench's own package file. */
export const WORKBENCH = join(PROJECT, "test", "workbench");
/** Folder for pictures and logs of a test run; never committed. */
export const RESULTS = join(PROJECT, "test-results", "workbench");
/** Folder for what is bundled for a run. */
export const BUNDLES = join(PROJECT, ".tsbuild", "workbench");
/** The built-in VS Code web server's folder. */
export const CODE_SERVER = join(WORKBENCH, "node_modules", "code-server");
/** The Node that the server needs, whichever runs the tests. */
export const SERVER_NODE = join(WORKBENCH, "node_modules", `node-linux-${process.arch}`, "bin", "node");
