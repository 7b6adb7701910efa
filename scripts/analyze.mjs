// Builds if needed and analyses folders or files in a terminal: npm run analyze -- [PATH…]
// Without a path: the example folder. The results are kept in .playlista of the current folder.
import { spawnSync } from "node:child_process";

const paths = process.argv.slice(2);
const run = (args) => spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1;

const built = run(["esbuild.mjs"]);
if (built !== 0) process.exit(built);
const status = run(["dist/cli.js", "analyze", ...(paths.length > 0 ? paths : ["example"])]);
process.exit(status);
