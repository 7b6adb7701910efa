/**
 * Typing while every processor is at work: from a key's press to the picture that has its letter, with and without a
 * run. The figures are printed and not judged: they are of this machine and this moment.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CRATE_FILES, doneFiles, fillCrates } from "./crates";
import { eventually } from "./eventually";
import { startJourney } from "./journey";
import { readLibrary } from "./library";
import type { Workbench } from "./Workbench";

const KEYS = 60;
/** As a quick typist's. */
const PAUSE_MS = 80;

const journey = startJourney({
  name: "typing",
  prepare: (folder) => {
    fillCrates(folder);
    writeFileSync(join(folder, "notes.txt"), "");
  },
});
const latencies: Record<"without a run" | "during a run", number[]> = {
  "without a run": [],
  "during a run": [],
};

/** Milliseconds from each key's event to the frame that shows it. */
async function typeAndMeasure(workbench: Workbench): Promise<number[]> {
  await workbench.page.evaluate(() => {
    const times: number[] = [];
    const listen = ({ timeStamp }: KeyboardEvent): void => {
      const lines = document.querySelector(".editor-instance .view-lines");
      const before = lines?.textContent;
      const look = (): void => {
        if (lines?.textContent === before) requestAnimationFrame(look);
        else times.push(performance.now() - timeStamp);
      };
      requestAnimationFrame(look);
    };
    window.addEventListener("keydown", listen, true);
    Object.assign(window, { playlistaTyping: { times, listen } });
  });
  for (let i = 0; i < KEYS; i++) {
    await workbench.page.keyboard.press("abcdefghij"[i % 10] ?? "a");
    await workbench.page.waitForTimeout(PAUSE_MS);
  }
  return workbench.page.evaluate(() => {
    const { playlistaTyping } = window as unknown as {
      playlistaTyping: { times: number[]; listen: (event: KeyboardEvent) => void };
    };
    window.removeEventListener("keydown", playlistaTyping.listen, true);
    return playlistaTyping.times;
  });
}

function describe(values: readonly number[]): string {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(0);
  return `median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms (${values.length} keys)`;
}

test("every key shows, while nothing runs and while all workers do", async () => {
  const { workbench } = journey;
  await workbench.explorerRow("notes.txt").dblclick();
  await workbench.tab("notes.txt").waitFor();
  await workbench.page.locator(".editor-instance .view-lines").click();
  // The first keys load what an editor needs.
  await workbench.page.keyboard.type("warm up ");
  latencies["without a run"] = await typeAndMeasure(workbench);
  await workbench.chooseInExplorer(["Crates"], "Analyze Audio");
  await eventually(() => doneFiles(workbench), 60_000).toBeGreaterThanOrEqual(1);
  await workbench.page.locator(".editor-instance .view-lines").click();
  latencies["during a run"] = await typeAndMeasure(workbench);
  expect(await workbench.statusBarText()).toMatch(/^\d+ \/ \d+$/);
  for (const [when, values] of Object.entries(latencies)) console.log(`Typing ${when}: ${describe(values)}`);
  for (const values of Object.values(latencies)) expect(values).toHaveLength(KEYS);
});

test("the run that went on beside it does all of its files", async () => {
  await eventually(async () => (await readLibrary(journey.folder)).size, 120_000).toBe(CRATE_FILES);
});
