/** A library that can't be written: a run says so once, goes on in the editor's storage, and nothing is lost. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { eventually } from "./eventually";
import { analyzeBefore, copyExample, EXAMPLE_FILES, startJourney } from "./journey";
import { libraryStamp, readLibrary } from "./library";

const journey = startJourney({
  name: "read-only-folder",
  prepare: (folder) => {
    copyExample(join(folder, "Collection"));
    analyzeBefore(folder);
    writeFileSync(join(folder, "Collection", "broken.wav"), "This is no music at all.\n".repeat(40));
  },
});
let stamp = "";

const ownFolder = (): string => join(journey.folder, ".playlista");

/** Root may write whatever its permissions are, but not what is immutable. */
function setReadOnly(isReadOnly: boolean): void {
  if (process.getuid?.() === 0) spawnSync("chattr", [isReadOnly ? "+i" : "-i", ownFolder()]);
  else chmodSync(ownFolder(), isReadOnly ? 0o555 : 0o755);
}

function isWritable(): boolean {
  const probe = join(ownFolder(), "probe");
  try {
    mkdirSync(probe);
    rmdirSync(probe);
    return true;
  } catch {
    return false;
  }
}

// Before the journey's end, which removes the folder.
afterAll(() => {
  setReadOnly(false);
});

async function shownTracks(): Promise<number> {
  const { workbench } = journey;
  await workbench.showContainer("Playlista");
  await workbench.expandTree("Library");
  return (await workbench.treeRows("Library")).filter(({ name }) => /\.\w+$/.test(name)).length;
}

test("a run on it goes on in the editor's storage, and what was analyzed before is not again", async ({
  skip,
}) => {
  const { workbench, folder } = journey;
  setReadOnly(true);
  if (isWritable()) skip("this system does not let a folder be made read-only");
  stamp = libraryStamp(folder);
  await workbench.chooseInExplorer(["Collection"], "Analyze Audio");
  await eventually(() => workbench.statusBarText(), 90_000).toBe(`1 failed · ${EXAMPLE_FILES} unchanged`);
  await workbench.openNotifications();
  const notice = workbench.notifications.filter({ hasText: "can't be written" });
  expect(await notice.count()).toBe(1);
  expect(await notice.innerText()).toContain("those in the folder were copied there");
  await workbench.screenshot("read-only-folder");
  await workbench.closeNotifications();
  await eventually(shownTracks).toBe(EXAMPLE_FILES + 1);
});

test("it stays so after a reload, unsaid, and the folder's own library is as it was", async ({ skip }) => {
  const { workbench, folder } = journey;
  if (stamp === "") skip("this system does not let a folder be made read-only");
  await workbench.reload();
  await eventually(shownTracks, 30_000).toBe(EXAMPLE_FILES + 1);
  await workbench.openNotifications();
  expect(await workbench.notifications.filter({ hasText: "can't be written" }).count()).toBe(0);
  expect(libraryStamp(folder)).toBe(stamp);
  expect((await readLibrary(folder)).size).toBe(EXAMPLE_FILES);
});
