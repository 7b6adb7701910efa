/** Owners that can't be asked, as real processes: one that is stopped, and one of another version of the program. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parseOwner } from "../../../../../src/library/store/lockOwner";
import { bundle } from "../../fixtures/bundle";
import { Sharer } from "../../fixtures/Sharer";
import { makeFolder, makeSharedFolder } from "../../fixtures/someFiles";
import { openStore } from "../../fixtures/someStore";

let script = "";
/** The same program, but for the number of its protocol. */
let otherVersion = "";

beforeAll(async () => {
  const folder = await makeSharedFolder();
  script = await bundle(join(import.meta.dirname, "../../fixtures/sharingProcess.ts"), folder);
  const source = await readFile(script, "utf8");
  const changed = source.replace("PROTOCOL = 1;", "PROTOCOL = 2;");
  expect(changed).not.toBe(source);
  otherVersion = join(folder, "other.js");
  await writeFile(otherVersion, changed);
});

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(4, "0")}.mp3`);
}

async function start(root: string, program = script): Promise<Sharer> {
  const sharer = new Sharer(program, root);
  await sharer.hears("open");
  return sharer;
}

async function write(sharer: Sharer, names: string[]): Promise<void> {
  const from = sharer.told.length;
  sharer.order({ type: "write", names });
  await sharer.hears("written", () => true, from);
}

async function ownerOf(root: string): Promise<number> {
  const note = await readFile(join(root, ".playlista", "library.owner.json"), "utf8");
  return parseOwner(note)?.pid ?? 0;
}

async function storedNames(root: string): Promise<string[]> {
  return [...(await openStore(root)).all()].map(({ path }) => path.slice(root.length + 1));
}

test.skipIf(process.platform === "win32")(
  "an owner stopped while it writes is named and replaced; it goes on as a client, and nothing is lost",
  async () => {
    const root = await makeFolder();
    const owner = await start(root);
    await write(owner, ["a.mp3"]);
    const client = await start(root);
    await write(client, ["b.mp3"]);
    expect(await ownerOf(root)).toBe(owner.child.pid);

    const many = numbered("owner", 200);
    owner.order({ type: "write", names: many });
    await owner.hears("durable", ({ name }) => name === many[20]);
    owner.child.kill("SIGSTOP");
    client.order({ type: "write", names: numbered("client", 50) });
    const { holder } = await client.hears("waiting", ({ holder }) => holder !== null);
    expect(holder).toBe(`a VS Code window (process ${owner.child.pid}), which does not answer`);
    await client.hears("durable", ({ name }) => name === "client-0049.mp3");
    expect(await ownerOf(root)).toBe(client.child.pid);

    owner.child.kill("SIGCONT");
    await owner.hears("durable", ({ name }) => name === many.at(-1));
    expect(await ownerOf(root)).toBe(client.child.pid);
    const all = ["a.mp3", "b.mp3", ...numbered("client", 50), ...many];
    expect((await owner.read()).names).toEqual(all);
    expect((await client.read()).names).toEqual(all);
    await owner.close();
    await client.close();
    expect(await storedNames(root)).toEqual(all);
  },
  180_000,
);

test.skipIf(process.platform === "win32")(
  "what a stopped owner knows is read from the disk meanwhile",
  async () => {
    const root = await makeFolder();
    const owner = await start(root);
    await write(owner, ["a.mp3"]);
    const reader = await start(root);
    expect((await reader.read()).names).toEqual(["a.mp3"]);
    owner.child.kill("SIGSTOP");
    expect((await reader.read()).names).toEqual(["a.mp3"]);
    expect(await ownerOf(root)).toBe(owner.child.pid);
  },
  180_000,
);

test("an owner of another version is read past, waited for by name, and followed when it goes", async () => {
  const root = await makeFolder();
  const owner = await start(root, otherVersion);
  await write(owner, ["a.mp3"]);
  const other = await start(root);
  expect((await other.read()).names).toEqual(["a.mp3"]);
  await write(owner, ["b.mp3"]);
  await other.hears("changed", ({ names }) => names === null);
  expect((await other.read()).names).toEqual(["a.mp3", "b.mp3"]);
  other.order({ type: "write", names: ["c.mp3"] });
  const { holder } = await other.hears("waiting", ({ holder }) => holder !== null);
  expect(holder).toBe(`a VS Code window (process ${owner.child.pid}) of another version`);
  expect(other.durable).toEqual([]);
  await owner.close();
  await other.hears("written");
  expect((await other.read()).names).toEqual(["a.mp3", "b.mp3", "c.mp3"]);
});
