/** The package as it would be published: what is in it, and that it does the same job once installed. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventually } from "./eventually";
import { copyExample, startJourney } from "./journey";
import { expectedDescriptions } from "./library";
import { PROJECT, RESULTS } from "./places";
import { cleanEnvironment } from "./processes";

const VSIX = join(RESULTS, "playlista.vsix");
const BUNDLES = ["analyzer.js", "engine.js", "extension.js", "view.js", "worker.js"];
const DATA = ["NOTICE.txt", "essentia.wasm", "sql-wasm.wasm", "view-style.css"];
const EXPECTED = [
  ...["CHANGELOG.md", "LICENSE", "README.md", "package.json", "package.nls.json"],
  ...[...BUNDLES, ...DATA].map((name) => `dist/${name}`),
];

function vsce(...args: string[]): string {
  const program = join(PROJECT, "node_modules", "@vscode", "vsce", "vsce");
  const options = { cwd: PROJECT, env: cleanEnvironment(), encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], options);
  if (status !== 0) throw new Error(`vsce ${args.join(" ")} failed:\n${stdout}\n${stderr}`);
  return stdout;
}

const journey = startJourney({
  name: "packaged",
  vsix: VSIX,
  prepare: (folder) => {
    copyExample(folder);
    mkdirSync(RESULTS, { recursive: true });
    vsce("package", "--no-dependencies", "--out", VSIX);
  },
});

test("the package holds what runs and what is read, and nothing else", () => {
  const listed = vsce("ls", "--no-dependencies").trim().split(/\r?\n/);
  const media = listed.filter((path) => path.startsWith("media/"));
  expect(listed.filter((path) => !media.includes(path)).sort()).toEqual([...EXPECTED].sort());
  expect(media.every((path) => /\.(svg|png)$/.test(path))).toBe(true);
  expect(existsSync(VSIX)).toBe(true);
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
