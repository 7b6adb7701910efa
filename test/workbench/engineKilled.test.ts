/** The engine dies in the middle of a run: the window says so, the engine is back, nothing done is lost. */
import { expect, test } from "vitest";
import { eventually } from "./eventually";
import { CRATE_FILES, fillCrates, SLOW_RUN, startRunOverCrates } from "./crates";
import { startJourney } from "./journey";
import { readLibrary, type StoredTrack } from "./library";

const journey = startJourney({ name: "engine-killed", prepare: fillCrates, settings: SLOW_RUN });
let kept = new Map<string, StoredTrack>();

test("the window says that the engine stopped, and a new one is there", async () => {
  const { workbench, folder } = journey;
  await startRunOverCrates(workbench);
  const killed = journey.engines();
  expect(killed).toHaveLength(1);
  for (const id of killed) process.kill(id, "SIGKILL");
  await workbench.openNotifications();
  await workbench.notifications.filter({ hasText: "stopped unexpectedly" }).waitFor({ timeout: 30_000 });
  await eventually(() => journey.engines(), 30_000).toHaveLength(1);
  expect(journey.engines()).not.toEqual(killed);
  kept = await readLibrary(folder);
  expect(kept.size).toBeGreaterThanOrEqual(2);
  expect(kept.size).toBeLessThan(CRATE_FILES);
  await workbench.screenshot("engine-killed");
});

test("finished files are kept and listed", async () => {
  const { workbench } = journey;
  await workbench.showContainer("Playlista");
  const crates = workbench.treeRow("Library", "Crates");
  await crates.waitFor();
  expect(await crates.locator(".label-description").innerText()).toBe(String(kept.size));
});

test("Run Again completes the rest and leaves the finished files alone", async () => {
  const { workbench, folder } = journey;
  await workbench.pressInNotification("stopped unexpectedly", "Run Again");
  await eventually(() => workbench.statusBarText(), 120_000).toBe(
    `${CRATE_FILES - kept.size} analyzed · ${kept.size} unchanged`,
  );
  const after = await readLibrary(folder);
  expect(after.size).toBe(CRATE_FILES);
  for (const [path, row] of kept) expect(after.get(path)).toEqual(row);
});
