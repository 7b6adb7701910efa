/** The self-test that a user can run: on good files it passes with figures, with a bad one among them it does not. */
import { cpSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventually } from "./eventually";
import { EXAMPLE, startJourney } from "./journey";

const journey = startJourney({
  name: "verify-threads",
  prepare: (folder) => {
    cpSync(join(EXAMPLE, "Folk"), folder, { recursive: true });
  },
});

test("Verify Threaded Analysis compares every value of real files, and says so with times and memory", async () => {
  const { workbench, folder } = journey;
  await workbench.runFromPalette("Playlista: Verify Threaded Analysis");
  await workbench.tab("Verification of Threaded Analysis").waitFor({ timeout: 90_000 });
  await workbench.openNotifications();
  await workbench.notifications.filter({ hasText: "none differs" }).waitFor();
  await workbench.screenshot("verify-threads");
  const text = await workbench.editorText();
  expect(text).toContain("Verification of threaded analysis: passed");
  for (const executor of ["threads", "processes", "sequential"])
    expect(text).toMatch(new RegExp(`\\\\| ${executor} +\\\\| [12] +\\\\| 2 +\\\\| 0 `));
  // It keeps nothing.
  expect(existsSync(join(folder, ".playlista"))).toBe(false);
  await workbench.closeNotifications();
});

test("a file that fails fails the verification, by its name", async () => {
  const { workbench, folder } = journey;
  writeFileSync(join(folder, "broken.mp3"), "no sound at all");
  await workbench.runFromPalette("Playlista: Verify Threaded Analysis");
  await eventually(() => workbench.editorText(), 90_000).toContain("broken.mp3: notAudio");
  await workbench.openNotifications();
  await workbench.notifications.filter({ hasText: "The verification failed." }).waitFor();
  await workbench.screenshot("verify-threads-failed");
});
