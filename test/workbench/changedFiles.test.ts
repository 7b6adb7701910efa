/** Files change under the window's eyes: the Library says so at once, and analyzes them only where it was told to. */
import { copyFileSync, cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventually } from "./eventually";
import { analyzeBefore, EXAMPLE, startJourney } from "./journey";

const [GREEN, KORO] = ["Greensleeves.flac", "Korobeiniki.opus"];
const GROOVE = join(EXAMPLE, "Grooves", "Drum and Bass.ogg");

const settingsFile = (folder: string): string => join(folder, ".vscode", "settings.json");

const journey = startJourney({
  name: "changed-files",
  prepare: (folder) => {
    cpSync(join(EXAMPLE, "Folk"), folder, { recursive: true });
    analyzeBefore(folder);
    // A folder of settings that comes later is not always noticed by the editor.
    mkdirSync(join(folder, ".vscode"));
    writeFileSync(settingsFile(folder), "{}");
  },
});

async function descriptionOf(name: string): Promise<string | undefined> {
  return (await journey.workbench.treeRows("Library")).find((row) => row.name === name)?.description;
}

test("a file that goes is marked as missing, one that changes as changed, a new one is not analyzed", async () => {
  const { workbench, folder } = journey;
  await workbench.showContainer("Playlista");
  await workbench.treeRow("Library", GREEN).waitFor();
  copyFileSync(GROOVE, join(folder, "New.ogg"));
  copyFileSync(join(folder, KORO), join(folder, GREEN));
  rmSync(join(folder, KORO));
  await eventually(() => descriptionOf(KORO)).toMatch(/^missing · /);
  await eventually(() => descriptionOf(GREEN)).toMatch(/^changed · /);
  await workbench.screenshot("changed-and-missing");
  expect(await descriptionOf("New.ogg")).toBeUndefined();
  expect(await workbench.statusBarText()).toBe("");
});

test("a file that comes back is as it was", async () => {
  copyFileSync(join(EXAMPLE, "Folk", GREEN), join(journey.folder, GREEN));
  cpSync(join(EXAMPLE, "Folk", KORO), join(journey.folder, KORO), { preserveTimestamps: true });
  await eventually(() => descriptionOf(KORO)).not.toMatch(/missing/);
});

test("by the setting, as soon as it is set, new files are analyzed by themselves", async () => {
  const { workbench, folder } = journey;
  writeFileSync(
    settingsFile(folder),
    JSON.stringify({ "playlista.analysis.onChange": "analyze", "playlista.files.exclude": ["Not*"] }),
  );
  await workbench.page.waitForTimeout(1500);
  copyFileSync(GROOVE, join(folder, "Newer.ogg"));
  copyFileSync(GROOVE, join(folder, "Not this.ogg"));
  await eventually(() => descriptionOf("Newer.ogg"), 60_000).toMatch(/LUFS/);
  await eventually(() => workbench.statusBarText()).toBe("1 analyzed");
  expect(await descriptionOf("Not this.ogg")).toBeUndefined();
});

test("of a folder that is moved into the workspace as a whole every file is analyzed", async () => {
  const { workbench, folder } = journey;
  // Beside the workspace, so that moving is renaming: nothing is written below it.
  const outside = `${folder}.outside`;
  cpSync(join(EXAMPLE, "Grooves"), join(outside, "Vol. 1", "Grooves"), { recursive: true });
  renameSync(join(outside, "Vol. 1"), join(folder, "Vol. 1"));
  rmSync(outside, { recursive: true });
  await workbench.treeRow("Library", "Vol. 1").waitFor({ timeout: 60_000 });
  await workbench.expandTree("Library");
  await eventually(() => descriptionOf("Drum and Bass.ogg")).toMatch(/LUFS/);
  await workbench.screenshot("folder-moved-in");
});

test("of one that is moved out again every file is marked as missing", async () => {
  const { folder } = journey;
  const outside = `${folder}.outside`;
  renameSync(join(folder, "Vol. 1"), outside);
  await eventually(() => descriptionOf("Drum and Bass.ogg")).toMatch(/^missing · /);
  rmSync(outside, { recursive: true });
});
