/** "Copy Results": what another store has is there in full, or nothing is. */
import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { copyResults } from "../../../../src/host/stores/copyResults";
import type { StoreLocation } from "../../../../src/shared/engineProtocol";
import { analyzed } from "../../library/fixtures/someAnalysis";
import { makeFolder } from "../../library/fixtures/someFiles";
import { openStore, putOne } from "../../library/fixtures/someStore";

async function makeStores(): Promise<{ root: string; from: StoreLocation; to: StoreLocation }> {
  const root = await makeFolder();
  const at = (folder: string): StoreLocation => ({
    database: join(folder, ".playlista", "library.sqlite"),
    root,
  });
  return { root, from: at(root), to: at(join(await makeFolder(), "storage")) };
}

test("results in the database, in its journal and their views come over, and the others stay as they are", async () => {
  const { root, from, to } = await makeStores();
  const [base, journal] = [join(root, "base.mp3"), join(root, "journal.mp3")];
  const own = await openStore(root);
  await putOne(own, analyzed(base));
  const release = await own.lock();
  await own.put({ analysis: analyzed(journal), view: null });
  expect(await readdir(dirname(from.database))).toContain("library.journal");
  await copyResults(from, to);
  await release();
  const copy = await openStore(root, to.database);
  expect([...copy.all()].map(({ path }) => path)).toEqual([base, journal]);
  expect(await copy.getView(base)).toEqual(await own.getView(base));
  expect([...own.all()]).toHaveLength(2);
  expect((await readdir(dirname(to.database))).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  await putOne(copy, analyzed(join(root, "after.mp3")));
  expect(copy.count().analyzed).toBe(3);
});

test("results that are there already are not replaced", async () => {
  const { root, from, to } = await makeStores();
  await putOne(await openStore(root), analyzed(join(root, "a.mp3")));
  await putOne(await openStore(root, to.database), analyzed(join(root, "b.mp3")));
  await expect(copyResults(from, to)).rejects.toThrow("is there already");
  const left = [...(await openStore(root, to.database)).all()];
  expect(left.map(({ path }) => path)).toEqual([join(root, "b.mp3")]);
});

test.skipIf(process.platform === "win32")("nothing is copied through links, on either side", async () => {
  const { root, from, to } = await makeStores();
  const elsewhere = await makeFolder();
  await putOne(await openStore(root), analyzed(join(root, "a.mp3")));
  await writeFile(join(elsewhere, "private.txt"), "not for a library");
  await symlink(join(elsewhere, "private.txt"), join(dirname(from.database), "views", "private.bin"));
  await copyResults(from, to);
  expect(await readdir(join(dirname(to.database), "views"))).not.toContain("private.bin");
  const behindLink = join(await makeFolder(), "storage", ".playlista");
  await mkdir(dirname(behindLink), { recursive: true });
  await symlink(elsewhere, behindLink);
  await expect(copyResults(from, { root, database: join(behindLink, "library.sqlite") })).rejects.toThrow(
    "is a link",
  );
  expect(await readdir(elsewhere)).toEqual(["private.txt"]);
});
