/** A window that is reloaded in the middle of a run offers to go on: one click does the rest, and nothing twice. */
import { expect, test } from "vitest";
import { eventually } from "./eventually";
import { CRATE_FILES, doneFiles, fillCrates, SLOW_RUN, startRunOverCrates } from "./crates";
import { startJourney } from "./journey";
import { readLibrary } from "./library";

const journey = startJourney({ name: "resume-after-reload", prepare: fillCrates, settings: SLOW_RUN });
let done = 0;

test("after a reload in the middle of a run the window offers to resume it, and does nothing unasked", async () => {
  const { workbench } = journey;
  await startRunOverCrates(workbench);
  done = await doneFiles(workbench);
  await workbench.reload();
  await workbench.openNotifications();
  await workbench.notifications.filter({ hasText: "was not finished" }).waitFor({ timeout: 30_000 });
  await workbench.screenshot("resume-offered");
  expect(await workbench.statusBarText()).toBe("");
});

test("one click does the rest and leaves what was done alone", async () => {
  const { workbench, folder } = journey;
  const clicked = new Date().toISOString();
  await workbench.pressInNotification("was not finished", "Resume");
  await eventually(() => workbench.statusBarText(), 120_000).toMatch(/^\d+ analyzed · \d+ unchanged$/);
  const [analyzed = 0, unchanged = 0] = ((await workbench.statusBarText()).match(/\d+/g) ?? []).map(Number);
  expect(analyzed).toBeGreaterThan(0);
  expect(unchanged).toBeGreaterThanOrEqual(done);
  expect(analyzed + unchanged).toBe(CRATE_FILES);
  const library = [...(await readLibrary(folder)).values()];
  expect(library).toHaveLength(CRATE_FILES);
  const before = library.filter((row) => String(row["timing_analyzed_at"]) < clicked);
  expect(before).toHaveLength(unchanged);
});
