/** What has become of files since they were analysed. */
import { rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { DiskStates } from "../../../../src/host/files/DiskStates";
import { makeFolder } from "../../library/fixtures/someFiles";

const STORE = { root: "/library" };

function listed<T>(...rows: T[]): { row: T; store: { root: string } }[] {
  return rows.map((row) => ({ row, store: STORE }));
}

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
  expect(await states.look(listed(same, changed, gone))).toEqual(listed(changed, gone));
  expect([same, changed, gone].map((row) => states.stateOf(row))).toEqual(["same", "changed", "gone"]);
  expect(await states.look(listed(same, changed, gone))).toEqual([]);
});

test("files are told in the order of their rows, whichever answers first", async () => {
  const [slow, quick] = [await aRow(), await aRow()];
  const states = new DiskStates((path) => delay(path === slow.path ? 20 : 0, null));
  expect(await states.look(listed(slow, quick))).toEqual(listed(slow, quick));
});

test("a file that is back is told of again", async () => {
  const row = await aRow();
  const states = new DiskStates(() => Promise.resolve(there ? row.file : null));
  let there = false;
  await states.look(listed(row));
  there = true;
  expect(await states.look(listed(row))).toEqual(listed(row));
  expect(states.stateOf(row)).toBe("same");
});

test("after a new result what was seen before does not count", async () => {
  const row = await aRow();
  const states = new DiskStates();
  await writeFile(row.path, "other sound");
  await states.look(listed(row));
  states.forget(row.path);
  expect(states.stateOf(row)).toBe("same");
});

test("of a file that could not be read only that it is gone is known", async () => {
  const { path } = await aRow();
  const row = { path, file: null };
  const states = new DiskStates();
  await states.look(listed(row));
  expect(states.stateOf(row)).toBe("same");
  await rm(path);
  await states.look(listed(row));
  expect(states.stateOf(row)).toBe("gone");
});

test("a library's file on another machine is not looked at, one in a folder of its own there is", async () => {
  const looked: string[] = [];
  const states = new DiskStates((path) => {
    looked.push(path);
    return Promise.resolve(null);
  });
  const theirs = { path: "\\\\evil\\share\\a.mp3", file: null };
  const ours = { path: "\\\\nas\\music\\a.mp3", file: null };
  const store = { root: "\\\\nas\\music" };
  await states.look([theirs, ours].map((row) => ({ row, store })));
  expect(looked).toEqual([ours.path]);
  expect(states.stateOf(theirs)).toBe("same");
});
