/** The engine dies in the middle of a run: the window says so, the engine is back, nothing done is lost. */
import { expect, test } from "vitest";
import { eventually } from "./eventually";
import { CRATE_FILES, doneFiles, fillCrates, SLOW_RUN, startRunOverCrates } from "./crates";
import { startJourney } from "./journey";
import { readLibrary } from "./library";

const journey = startJourney({ name: "engine-killed", prepare: fillCrates, settings: SLOW_RUN });
/** Files that were done when it died: told before, and found again after. */
let done = 0;
let kept = 0;

test("the window says that the engine stopped, and a new one is there", async () => {
  const { workbench } = journey;
  await startRunOverCrates(workbench);
  done = await doneFiles(workbench);
  const killed = journey.engines();
  expect(killed).toHaveLength(1);
  for (const id of killed) process.kill(id, "SIGKILL");
  await workbench.openNotifications();
  await workbench.notifications.filter({ hasText: "stopped unexpectedly" }).waitFor({ timeout: 30_000 });
  await eventually(() => journey.engines(), 30_000).toHaveLength(1);
  expect(journey.engines()).not.toEqual(killed);
  await workbench.screenshot("engine-killed");
});

test("finished files are kept and listed", async () => {
  const { workbench } = journey;
  await workbench.showContainer("Playlista");
  const crates = workbench.treeRow("Library", "Crates");
  await crates.waitFor();
  kept = Number(await crates.locator(".label-description").innerText());
  expect(kept).toBeGreaterThanOrEqual(done);
  expect(kept).toBeLessThan(CRATE_FILES);
});

test("Run Again completes the rest and leaves the finished files alone", async () => {
  const { workbench, folder } = journey;
  const clicked = new Date().toISOString();
  await workbench.pressInNotification("stopped unexpectedly", "Run Again");
  await eventually(() => workbench.statusBarText(), 120_000).toBe(
    `${CRATE_FILES - kept} analyzed · ${kept} unchanged`,
  );
  const library = [...(await readLibrary(folder)).values()];
  expect(library).toHaveLength(CRATE_FILES);
  const before = library.filter((row) => String(row["timing_analyzed_at"]) < clicked);
  expect(before).toHaveLength(kept);
});
