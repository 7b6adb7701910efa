/** A window that is reloaded in the middle of a run offers to go on: one click does the rest, and nothing twice. */
import { expect, test } from "vitest";
import { eventually } from "./eventually";
import { CRATE_FILES, fillCrates, SLOW_RUN, startRunOverCrates } from "./crates";
import { startJourney } from "./journey";
import { readLibrary, type StoredTrack } from "./library";

const journey = startJourney({ name: "resume-after-reload", prepare: fillCrates, settings: SLOW_RUN });
let kept = new Map<string, StoredTrack>();

test("after a reload in the middle of a run the window offers to resume it, and does nothing unasked", async () => {
  const { workbench, folder } = journey;
  await startRunOverCrates(workbench, folder);
  await workbench.reload();
  await workbench.openNotifications();
  await workbench.notifications.filter({ hasText: "was not finished" }).waitFor({ timeout: 30_000 });
  await workbench.screenshot("resume-offered");
  expect(await workbench.statusBarText()).toBe("");
  kept = await readLibrary(folder);
  expect(kept.size).toBeGreaterThanOrEqual(2);
  expect(kept.size).toBeLessThan(CRATE_FILES);
});

test("one click does the rest and leaves what was done alone", async () => {
  const { workbench, folder } = journey;
  await workbench.pressInNotification("was not finished", "Resume");
  await eventually(() => workbench.statusBarText(), 120_000).toBe(
    `${CRATE_FILES - kept.size} analyzed · ${kept.size} unchanged`,
  );
  const after = await readLibrary(folder);
  expect(after.size).toBe(CRATE_FILES);
  for (const [path, row] of kept) expect(after.get(path)).toEqual(row);
});
