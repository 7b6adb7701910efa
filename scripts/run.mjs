// Runs a TypeScript program of this project: node scripts/run.mjs FILE.ts [ARGUMENTS…]
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import * as esbuild from "esbuild";

const [file, ...args] = process.argv.slice(2);
if (!file) {
  console.error("usage: node scripts/run.mjs FILE.ts [ARGUMENTS…]");
  process.exit(2);
}
const outfile = join(".tsbuild", "run", `${file.replaceAll(/[^a-z0-9]+/gi, "-")}.mjs`);
await esbuild.build({
  entryPoints: [file],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  define: {
    APP_VERSION: JSON.stringify("0.0.0-dev"),
    // Some code looks for files beside the bundle that it is a part of.
    __dirname: JSON.stringify(resolve("dist")),
  },
  logLevel: "warning",
});
const child = spawn(process.execPath, [outfile, ...args], { stdio: "inherit" });
// Whoever ends this ends what it runs.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (status) => process.exit(status ?? 1));
