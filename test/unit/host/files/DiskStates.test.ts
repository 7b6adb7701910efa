/** What has become of files since they were analysed. */
import { rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DiskStates } from "../../../../src/host/files/DiskStates";
import { makeFolder } from "../../library/fixtures/someFiles";

async function aRow(name = "a.wav") {
  const path = join(await makeFolder(), name);
  await writeFile(path, "sound");
  const { size, mtimeMs } = await stat(path);
  return { path, file: { size, modified: mtimeMs } };
}

test("a file that was never looked at is taken for the same, also when it is gone", async () => {
  const row = await aRow();
  await rm(row.path);
  expect(new DiskStates().stateOf(row)).toBe("same");
});

test("a look tells of files that have changed or gone, once", async () => {
  const [same, changed, gone] = [await aRow(), await aRow(), await aRow()];
  const states = new DiskStates();
  await writeFile(changed.path, "other sound");
  await rm(gone.path);
  expect(await states.look([same, changed, gone])).toEqual([changed, gone]);
  expect([same, changed, gone].map((row) => states.stateOf(row))).toEqual(["same", "changed", "gone"]);
  expect(await states.look([same, changed, gone])).toEqual([]);
});

test("a file that is back is told of again", async () => {
  const row = await aRow();
  const states = new DiskStates(() => Promise.resolve(there ? row.file : null));
  let there = false;
  await states.look([row]);
  there = true;
  expect(await states.look([row])).toEqual([row]);
  expect(states.stateOf(row)).toBe("same");
});

test("after a new result what was seen before does not count", async () => {
  const row = await aRow();
  const states = new DiskStates();
  await writeFile(row.path, "other sound");
  await states.look([row]);
  states.forget(row.path);
  expect(states.stateOf(row)).toBe("same");
});

test("of a file that could not be read only that it is gone is known", async () => {
  const { path } = await aRow();
  const row = { path, file: null };
  const states = new DiskStates();
  await states.look([row]);
  expect(states.stateOf(row)).toBe("same");
  await rm(path);
  await states.look([row]);
  expect(states.stateOf(row)).toBe("gone");
});
