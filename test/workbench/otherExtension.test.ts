/** The example of docs/api.md as an extension beside ours: it asks, hears and reads through the exported API. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, test } from "vitest";
import { eventually } from "./eventually";
import { EXAMPLE, startJourney } from "./journey";
import { readLibrary } from "./library";
import { PROJECT } from "./places";
import { cleanEnvironment } from "./processes";

/** Without the dependency: an installed extension cannot name one that is under development. */
const MANIFEST = {
  name: "example",
  publisher: "somebody",
  version: "1.0.0",
  engines: { vscode: "^1.90.0" },
  main: "./extension.js",
  activationEvents: ["onStartupFinished"],
  contributes: {
    commands: [{ command: "example.tempo", title: "Tempo of This Song" }],
    menus: { "explorer/context": [{ command: "example.tempo" }] },
  },
};

function writeExample(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "playlista-example-")));
  const page = readFileSync(join(PROJECT, "docs", "api.md"), "utf8");
  const code = /^```ts\n([^]*?)^```/m.exec(page)?.[1] ?? "";
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  writeFileSync(join(folder, "package.json"), JSON.stringify(MANIFEST));
  writeFileSync(join(folder, "extension.js"), outputText);
  return folder;
}

function packageOf(folder: string): string {
  const vsix = join(folder, "example.vsix");
  const vsce = join(PROJECT, "node_modules", "@vscode", "vsce", "vsce");
  const options = ["--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", vsix];
  const { status, stderr } = spawnSync(process.execPath, [vsce, "package", ...options], {
    cwd: folder,
    env: cleanEnvironment(),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`The example could not be packaged: ${stderr}`);
  return vsix;
}

const example = writeExample();
afterAll(() => {
  rmSync(example, { force: true, recursive: true });
});

const journey = startJourney({
  name: "other-extension",
  besides: packageOf(example),
  prepare: (folder) => {
    cpSync(join(EXAMPLE, "Folk"), folder, { recursive: true });
    writeFileSync(join(folder, "broken.mp3"), "no sound at all");
  },
});

test("another extension has a song analyzed, hears of it and reads its values", async () => {
  const { workbench, folder } = journey;
  await workbench.chooseInExplorer(["Greensleeves.flac"], "Tempo of This Song");
  await eventually(() => workbench.statusBarText(), 60_000).toBe("1 analyzed");
  await eventually(async () => (await readLibrary(folder)).size).toBe(1);
  const tempo = Number((await readLibrary(folder)).get("Greensleeves.flac")?.["rhythm_tempo"]);
  await workbench.openNotifications();
  await workbench.notifications.filter({ hasText: `${tempo.toFixed(1)} BPM` }).waitFor();
  await eventually(() => workbench.lastLogLines(20).join("\n")).toContain("Greensleeves.flac is analyzed");
  await workbench.closeNotifications();
});

test("a file that fails is told with its reason", async () => {
  const { workbench, folder } = journey;
  await workbench.chooseInExplorer(["broken.mp3"], "Tempo of This Song");
  await eventually(async () => (await readLibrary(folder)).size, 30_000).toBe(2);
  const reason = String((await readLibrary(folder)).get("broken.mp3")?.["error_message"]);
  await workbench.openNotifications();
  // Once by us and once by the other extension.
  await eventually(() => workbench.notifications.filter({ hasText: reason }).count()).toBe(2);
  await eventually(() => workbench.lastLogLines(20).join("\n")).toContain("broken.mp3 is failed");
});
