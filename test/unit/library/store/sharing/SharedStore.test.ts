/** One owner and its clients as real processes: what each sees, and what is left when one of them is gone. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parseOwner } from "../../../../../src/library/store/lockOwner";
import { bundle } from "../../fixtures/bundle";
import { Sharer } from "../../fixtures/Sharer";
import { makeFolder, makeSharedFolder } from "../../fixtures/someFiles";
import { openStore } from "../../fixtures/someStore";

let script = "";

beforeAll(async () => {
  script = await bundle(
    join(import.meta.dirname, "../../fixtures/sharingProcess.ts"),
    await makeSharedFolder(),
  );
});

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(3, "0")}.mp3`);
}

async function start(root: string, count: number): Promise<Sharer[]> {
  const sharers = Array.from({ length: count }, () => new Sharer(script, root));
  await Promise.all(sharers.map((sharer) => sharer.hears("open")));
  return sharers;
}

async function ownerOf(root: string): Promise<number> {
  const note = await readFile(join(root, ".playlista", "library.owner.json"), "utf8");
  return parseOwner(note)?.pid ?? 0;
}

async function storedNames(root: string): Promise<string[]> {
  return [...(await openStore(root)).all()].map(({ path }) => path.slice(root.length + 1));
}

describe("of four processes", () => {
  test("that write at once nobody waits, all results are there, and each sees them all", async () => {
    const root = await makeFolder();
    const sharers = await start(root, 4);
    const names = sharers.map((_, index) => numbered(String(index), 25));
    sharers.forEach((sharer, index) => {
      sharer.order({ type: "write", names: names[index] ?? [] });
    });
    await Promise.all(sharers.map((sharer) => sharer.hears("written")));
    const all = names.flat();
    for (const sharer of sharers) expect((await sharer.read()).names).toEqual(all);
    expect(sharers.flatMap(({ told }) => told.filter(({ type }) => type === "waiting")).length).toBeLessThan(
      9,
    );
    expect(sharers.map(({ child }) => child.pid)).toContain(await ownerOf(root));
    for (const sharer of sharers) await sharer.close();
    expect(await storedNames(root)).toEqual(all);
    expect(await readdir(join(root, ".playlista"))).not.toContain("library.owner.json");
  });

  test("each hears of what the others have written without asking", async () => {
    const root = await makeFolder();
    const sharers = await start(root, 4);
    for (const [index, sharer] of sharers.entries()) {
      const name = `${index}.mp3`;
      sharer.order({ type: "write", names: [name] });
      await sharer.hears("written");
      if (index === 0) await Promise.all(sharers.slice(1).map((other) => other.hears("changed", isAll)));
      else
        await Promise.all(sharers.map((other) => other.hears("changed", ({ names }) => names?.[0] === name)));
    }
  });
});

function isAll({ names }: { names: string[] | null }): boolean {
  return names === null;
}

describe("an owner", () => {
  test("that closes hands over: the others write on, and nothing is lost", async () => {
    const root = await makeFolder();
    const [owner, client] = await start(root, 2);
    if (!owner || !client) throw new Error("two were started");
    owner.order({ type: "write", names: ["a.mp3"] });
    await owner.hears("written");
    client.order({ type: "write", names: numbered("b", 40) });
    await client.hears("durable");
    await owner.close();
    await client.hears("written");
    expect(await ownerOf(root)).toBe(client.child.pid);
    expect((await client.read()).names).toEqual(["a.mp3", ...numbered("b", 40)]);
  });

  test("that is killed while all write loses nothing that was acknowledged and counts nothing twice, 20 times over", async () => {
    const root = await makeFolder();
    const sharers = await start(root, 3);
    const acknowledged = new Set<string>();
    for (let round = 0; round < 20; round++) {
      const marks = sharers.map(({ told }) => told.length);
      sharers.forEach((sharer, index) => {
        const names = numbered(`${round}-${index}`, 500);
        sharer.order(index === 0 ? { type: "write", names } : { type: "write", names, how: "failed" });
      });
      await Promise.all(sharers.map((sharer, index) => sharer.hears("durable", () => true, marks[index])));
      await new Promise((resolve) => setTimeout(resolve, 5 * round));
      const pid = await ownerOf(root);
      const at = sharers.findIndex(({ child }) => child.pid === pid);
      const owner = sharers[at];
      if (!owner) throw new Error("nobody owns it");
      const killedAt = Date.now();
      await owner.kill();
      for (const name of owner.durable) acknowledged.add(name);
      sharers.splice(at, 1);
      await Promise.all(sharers.map((sharer) => sharer.hears("durable", ({ at }) => at > killedAt + 1)));
      const replacement = new Sharer(script, root);
      await replacement.hears("open");
      sharers.push(replacement);
    }
    for (const sharer of sharers) {
      for (const name of sharer.durable) acknowledged.add(name);
      await sharer.kill();
    }
    const results = [...(await openStore(root)).all()];
    const stored = new Set(results.map(({ path }) => path.slice(root.length + 1)));
    expect(results.filter(({ error }) => error && error.attempts > 1)).toEqual([]);
    expect([...acknowledged].filter((name) => !stored.has(name))).toEqual([]);
  }, 180_000);
});
