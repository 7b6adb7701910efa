/** Cancelling keeps what is done, and a later run does only the rest. */
import { expect, test } from "vitest";
import { eventually } from "./eventually";
import { contentHashes } from "./audioFiles";
import { CRATE_FILES, fillCrates, SLOW_RUN, startRunOverCrates } from "./crates";
import { startJourney } from "./journey";
import { readLibrary } from "./library";

const journey = startJourney({ name: "cancel", prepare: fillCrates, settings: SLOW_RUN });

test("Cancel Analysis ends the run, and the sums say what was done and what was not", async () => {
  const { workbench, folder } = journey;
  const before = contentHashes(folder);
  await startRunOverCrates(workbench);
  await workbench.runFromPalette("Playlista: Cancel Analysis");
  await eventually(() => workbench.statusBarText(), 30_000).toMatch(/^\d+ analyzed · \d+ cancelled$/);
  const [analyzed = 0, cancelled = 0] = ((await workbench.statusBarText()).match(/\d+/g) ?? []).map(Number);
  expect(analyzed + cancelled).toBe(CRATE_FILES);
  expect((await readLibrary(folder)).size).toBe(analyzed);
  await workbench.openNotifications();
  expect(await workbench.notifications.count()).toBe(0);
  await workbench.closeNotifications();
  expect(contentHashes(folder)).toEqual(before);
});

test("a click on the status bar shows the run with the same sums", async () => {
  const { workbench } = journey;
  const sums = await workbench.statusBarText();
  await workbench.statusItem.click();
  await workbench.treeRow("Activity", "Last run").waitFor();
  const rows = await workbench.treeRows("Activity");
  expect(rows.find(({ name }) => name === "Last run")?.description).toBe(sums);
  await workbench.screenshot("cancelled-run");
});

test("analyzing again does only the rest", async () => {
  const { workbench, folder } = journey;
  const kept = (await readLibrary(folder)).size;
  await workbench.showContainer("Explorer");
  await workbench.chooseInExplorer(["Crates"], "Analyze Audio");
  await eventually(() => workbench.statusBarText(), 120_000).toBe(
    `${CRATE_FILES - kept} analyzed · ${kept} unchanged`,
  );
  expect((await readLibrary(folder)).size).toBe(CRATE_FILES);
});
