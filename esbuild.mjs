// Builds dist/: one bundle for each place where code runs. `--watch` rebuilds on change, `--dev` adds source maps.
import { chmod, copyFile, mkdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import * as esbuild from "esbuild";
import { lazyPackages } from "./scripts/lazyPackages.mjs";
import { writeNotices } from "./scripts/notices.mjs";

const require = createRequire(import.meta.url);
const watch = process.argv.includes("--watch");
const dev = watch || process.argv.includes("--dev");

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  minify: !dev,
  sourcemap: dev,
  legalComments: "none",
  logLevel: "warning",
  outdir: "dist",
  metafile: true,
  define: { APP_VERSION: JSON.stringify(require("./package.json").version) },
};

/** @type {esbuild.BuildOptions} */
const node = {
  ...common,
  platform: "node",
  format: "cjs",
  target: "node20",
  // Names of errors and classes are shown in logs and compared by libraries.
  keepNames: true,
  // Piscina's optional native helper, which we do not ship; and the editor's own module.
  external: ["@napi-rs/nice", "vscode"],
};

/**
 * What V8 has compiled of a worker's code is kept beside it and used by the next one, where Node can do that (22.1) and
 * may write there.
 */
const KEEPS_COMPILED =
  'require("node:module").enableCompileCache?.(require("node:path").join(__dirname,"compiled"));';

/** @type {esbuild.Metafile[]} */
const lazy = [];

const places = [
  { ...node, entryPoints: { extension: "src/extension.ts" } },
  { ...node, entryPoints: { engine: "src/engine/main.ts" } },
  { ...node, entryPoints: { playlista: "src/playlista.ts" } },
  // The process in which one executor runs when executors are compared.
  { ...node, entryPoints: { verifier: "src/engine/verifier.ts" } },
  // The process that answers a question in SQL.
  { ...node, entryPoints: { sqlReader: "src/engine/sqlReader.ts" } },
  { ...node, entryPoints: { cli: "src/cli/main.ts" }, banner: { js: "#!/usr/bin/env node" } },
  // A worker is ready sooner without the packages that not every file needs; its own names are read by nobody.
  {
    ...{ ...node, keepNames: false },
    entryPoints: { analyzer: "src/worker/main.ts" },
    plugins: [lazyPackages(node, lazy)],
  },
  { ...node, entryPoints: { child: "src/worker/child.ts" }, banner: { js: KEEPS_COMPILED } },
  // Piscina looks for its side of a thread under this very name beside the bundle.
  {
    ...node,
    entryPoints: { worker: "node_modules/piscina/dist/worker.js" },
    banner: { js: KEEPS_COMPILED },
  },
  {
    ...common,
    platform: "browser",
    format: "iife",
    target: "chrome120",
    entryPoints: { view: "src/webview/main.ts", "view-style": "src/webview/view.css" },
  },
];

const files = {
  "sql-wasm.wasm": "node_modules/sql.js/dist/sql-wasm.wasm",
  "faad2.wasm": "vendor/faad2/faad2.wasm",
  "essentia.wasm": "node_modules/essentia.js/dist/essentia-wasm.web.wasm",
};

await rm("dist", { recursive: true, force: true });
await mkdir("dist", { recursive: true });
await Promise.all(Object.entries(files).map(([name, from]) => copyFile(from, `dist/${name}`)));
if (watch) for (const place of places) await (await esbuild.context(place)).watch();
else {
  const results = await Promise.all(places.map((place) => esbuild.build(place)));
  await writeNotices([...results.map((result) => result.metafile), ...lazy], "dist/NOTICE.txt");
  // npx runs it as a program.
  await chmod("dist/cli.js", 0o755);
}
