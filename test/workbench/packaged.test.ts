/** The package as it would be published: what is in it, and that it does the same job once installed. */
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { eventually } from "./eventually";
import { copyExample, startJourney } from "./journey";
import { expectedDescriptions } from "./library";
import { PROJECT } from "./places";
import { cleanEnvironment } from "./processes";

const VSIX = join(PROJECT, "dist", "playlista.vsix");
const MAX_BYTES = 4e6;
const BUNDLES = [
  "analyzer.js",
  "child.js",
  "engine.js",
  "extension.js",
  "verifier.js",
  "sqlReader.js",
  "view.js",
  "worker.js",
];
const DOCUMENTS = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "dist/NOTICE.txt",
  "dist/api.d.ts",
  "package.json",
  "package.nls.json",
];
/** Of packages that a worker loads when it needs them, by the name of their file. */
const LOADED_LATER = [
  ...["audio-decode-ac3", "audio-decode-mpc", "audio-decode-tta", "audio-decode-wavpack", "audio-decode-wma"],
  ...["essentia-js", "mpg123-decoder", "music-metadata", "opus-decoder"],
  ...["wasm-audio-decoders-flac", "wasm-audio-decoders-ogg-vorbis"],
];
const EXPECTED = [
  ...DOCUMENTS,
  ...BUNDLES.map((name) => `dist/${name}`),
  ...LOADED_LATER.map((name) => `dist/packages/${name}.js`),
];

/** Whether something that ships names the file: a picture in the README or the manifest, data in a bundle. */
function isUsed(path: string): boolean {
  const isPicture = /^(media|docs\/images)\//.test(path);
  const users = isPicture ? ["README.md", "package.json"] : BUNDLES.map((name) => `dist/${name}`);
  const name = isPicture ? path : basename(path);
  return users.some((user) => readFileSync(join(PROJECT, user), "utf8").includes(name));
}

/** Runs one of the project's own commands and returns what it prints. */
function run(program: string, ...args: string[]): string {
  const options = { cwd: PROJECT, env: cleanEnvironment(), encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(program, args, {
    ...options,
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed:\n${stdout}\n${stderr}`);
  return stdout;
}

const journey = startJourney({
  name: "packaged",
  vsix: VSIX,
  prepare: (folder) => {
    copyExample(folder);
    run("npm", "run", "--silent", "package");
  },
});

test("the installed package analyzes a folder and shows the results", async () => {
  const { workbench, folder } = journey;
  await workbench.chooseInExplorer(["Folk"], "Analyze Audio");
  await eventually(() => workbench.statusBarText(), 60_000).toBe("2 analyzed");
  await workbench.showContainer("Playlista");
  await workbench.expandTree("Library");
  const expected = await expectedDescriptions(folder);
  const rows = await workbench.treeRows("Library");
  for (const name of ["Greensleeves.flac", "Korobeiniki.opus"])
    expect(rows.find((row) => row.name === name)?.description).toBe(expected[name]);
  await workbench.openFromTree("Library", "Greensleeves.flac");
  await eventually(() => workbench.analysis.paintedColumns()).toBeGreaterThan(0.9);
});

test("the package holds what runs and what is read, and nothing else", () => {
  const listed = run("npx", "--no-install", "vsce", "ls", "--no-dependencies").trim().split(/\r?\n/);
  const assets = listed.filter((path) => /\.(svg|png|wasm|css)$/.test(path));
  expect(listed.filter((path) => !assets.includes(path)).sort()).toEqual([...EXPECTED].sort());
  expect(assets.filter((path) => !isUsed(path))).toEqual([]);
  expect(statSync(VSIX).size).toBeLessThan(MAX_BYTES);
});
