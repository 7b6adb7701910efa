/** Results in the editor's storage: nothing is written into the folder, and a change of the setting acts at once. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventually } from "./eventually";
import { contentHashes } from "./audioFiles";
import { copyExample, EXAMPLE_FILES, startJourney } from "./journey";
import { expectedDescriptions, readLibrary } from "./library";

const settingsFile = (folder: string): string => join(folder, ".vscode", "settings.json");

const journey = startJourney({
  name: "database-location",
  prepare: (folder) => {
    copyExample(join(folder, "Collection"));
    mkdirSync(join(folder, ".vscode"));
    writeFileSync(settingsFile(folder), JSON.stringify({ "playlista.database.location": "storage" }));
  },
});

/** The files in the Library tree by name, with what stands beside them. */
async function shownTracks(): Promise<Record<string, string>> {
  const rows = await journey.workbench.treeRows("Library");
  const tracks = rows.filter(({ name }) => /\.\w+$/.test(name));
  return Object.fromEntries(tracks.map(({ name, description }) => [name, description]));
}

async function shownAfterOpening(): Promise<Record<string, string>> {
  const { workbench } = journey;
  await workbench.showContainer("Playlista");
  await workbench.widenSideBar(430);
  await workbench.expandTree("Library");
  await eventually(async () => Object.keys(await shownTracks()).length).toBe(EXAMPLE_FILES);
  return shownTracks();
}

let shown: Record<string, string> = {};

test("with the setting storage a run writes nothing into the folder, and the Library has its results", async () => {
  const { workbench, folder } = journey;
  const before = contentHashes(folder);
  await workbench.chooseInExplorer(["Collection"], "Analyze Audio");
  await eventually(() => workbench.statusBarText(), 90_000).toBe(`${EXAMPLE_FILES} analyzed`);
  shown = await shownAfterOpening();
  expect(Object.values(shown).join("\n")).toMatch(/^\d+\.\d BPM · \d+[AB] · −\d+\.\d LUFS$/m);
  expect(readdirSync(folder).sort()).toEqual([".vscode", "Collection"]);
  expect(contentHashes(folder)).toEqual(before);
});

test("the results are there still after a reload", async () => {
  await journey.workbench.reload();
  expect(await shownAfterOpening()).toEqual(shown);
  expect(existsSync(join(journey.folder, ".playlista"))).toBe(false);
});

test("a change of the setting acts at once and moves nothing; one click copies the results", async () => {
  const { workbench, folder } = journey;
  rmSync(settingsFile(folder));
  await eventually(async () => Object.keys(await shownTracks()).length).toBe(0);
  expect(existsSync(join(folder, ".playlista"))).toBe(false);
  await workbench.screenshot("location-changed");
  await workbench.pressInNotification("are not shown here any more", "Copy Results");
  expect(await shownAfterOpening()).toEqual(shown);
  expect((await readLibrary(folder)).size).toBe(EXAMPLE_FILES);
  expect(await expectedDescriptions(folder)).toEqual(shown);
});
