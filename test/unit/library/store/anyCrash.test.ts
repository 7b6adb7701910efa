/** Whatever is done to a store, and wherever it is stopped: it holds what a plain map holds. */
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { TrackStore } from "../../../../src/library/store/TrackStore";
import { someGroups } from "../../../fixtures/someGroups";
import { faultyDisk } from "../fixtures/faultyDisk";
import { analyzed } from "../fixtures/someAnalysis";
import { makeFolder } from "../fixtures/someFiles";
import { databaseIn, openStore, putOne } from "../fixtures/someStore";

/** The same cases each time; PLAYLISTA_SEED tries others. */
const RUNS = { seed: Number(process.env["PLAYLISTA_SEED"] ?? 1), numRuns: 24 };

const NAMES = ["a.mp3", "b.mp3", "c.mp3"];

const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("put" as const), name: fc.constantFrom(...NAMES) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("remove" as const), name: fc.constantFrom(...NAMES) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("release" as const), name: fc.constant("") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("compact" as const), name: fc.constant("") }) },
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

type Model = ReadonlyMap<string, number>;

/** Tempo by name. */
function contentOf(root: string, store: TrackStore): Model {
  return new Map(
    [...store.all()].map(({ path, rhythm }) => [path.slice(root.length + 1), rhythm?.tempo ?? 0]),
  );
}

function after(model: Model, { kind, name }: Change, number: number): Model {
  const next = new Map(model);
  if (kind === "put") next.set(name, number);
  if (kind === "remove") next.delete(name);
  return next;
}

/** A store whose changes can be made one by one. */
class Worked {
  readonly root: string;
  readonly store: TrackStore;
  #release: (() => Promise<void>) | undefined;

  constructor(root: string, store: TrackStore) {
    this.root = root;
    this.store = store;
  }

  async make({ kind, name }: Change, number: number): Promise<void> {
    if (kind === "release") return this.release();
    this.#release ??= await this.store.lock();
    const path = join(this.root, name);
    if (kind === "compact") await this.store.compact();
    if (kind === "remove") await this.store.remove([path]);
    const rhythm = { ...someGroups.rhythm, tempo: number };
    if (kind === "put") await this.store.put({ analysis: analyzed(path, { rhythm }), view: null });
  }

  async release(): Promise<void> {
    await this.#release?.();
    this.#release = undefined;
  }
}

/** What a killed process leaves, but for its lock. */
async function copyFiles(from: string, to: string): Promise<void> {
  await mkdir(join(to, ".playlista"), { recursive: true });
  for (const name of await readdir(join(from, ".playlista"))) {
    if (!/^library\.(sqlite|journal)/.test(name)) continue;
    await copyFile(join(from, ".playlista", name), join(to, ".playlista", name));
  }
}

test("the files of any step hold what was acknowledged by then, with or without what was under way", async () => {
  const base = await makeFolder();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 12 }),
      fc.array(fc.nat(80), { minLength: 3, maxLength: 3 }),
      async (changes, stops) => {
        const root = join(base, `run${run++}`);
        await mkdir(root);
        let [before, now]: Model[] = [new Map<string, number>(), new Map<string, number>()];
        const stopped: { root: string; before: Model; now: Model }[] = [];
        let steps = 0;
        const disk = faultyDisk(async () => {
          if (!stops.includes(steps++)) return;
          const copy = join(base, `run${run}-${stopped.length}`);
          stopped.push({ root: copy, before: before ?? new Map(), now: now ?? new Map() });
          await copyFiles(root, copy);
        });
        const location = { database: databaseIn(root), root };
        const worked = new Worked(root, await TrackStore.open(location, { user: "window", disk }));
        for (const [i, each] of changes.entries()) {
          [before, now] = [now ?? new Map(), after(now ?? new Map(), each, i + 1)];
          await worked.make(each, i + 1);
          before = now;
        }
        await worked.release();
        expect(contentOf(root, worked.store)).toEqual(now);
        worked.store.close();
        for (const stop of stopped) {
          const found = contentOf(stop.root, await openStore(stop.root));
          expect([stop.before, stop.now]).toContainEqual(found);
          await putOne(await openStore(stop.root), analyzed(join(stop.root, "new.mp3")));
          const later = contentOf(stop.root, await openStore(stop.root));
          expect(later).toEqual(new Map([...found, ["new.mp3", 124]]));
          const files = await readdir(join(stop.root, ".playlista"));
          expect(files.filter((name) => /broken|damaged|unused|replaced/.test(name))).toEqual([]);
        }
      },
    ),
    RUNS,
  );
}, 120_000);

test("whatever step fails, what was acknowledged is there, and the store goes on when the disk does", async () => {
  const base = await makeFolder();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 4, maxLength: 12 }),
      fc.nat(60),
      fc.integer({ min: 1, max: 6 }),
      async (changes, firstFailure, failures) => {
        const root = join(base, `run${run++}`);
        await mkdir(root);
        let steps = 0;
        const disk = faultyDisk(() => {
          const isFull = steps >= firstFailure && steps++ < firstFailure + failures;
          if (!isFull) steps++;
          const full = Object.assign(new Error("ENOSPC: no space left on device"), {
            code: "ENOSPC",
            syscall: "write",
          });
          return isFull ? Promise.reject(full) : Promise.resolve();
        });
        const location = { database: databaseIn(root), root };
        const worked = new Worked(root, await TrackStore.open(location, { user: "window", disk }));
        /** Each with the states that a name may have: a change that failed may be there or not. */
        const states = new Map<string, Set<number | undefined>>();
        for (const [i, each] of changes.entries()) {
          const tempo = each.kind === "put" ? i + 1 : undefined;
          try {
            await worked.make(each, i + 1);
            states.set(each.name, new Set([tempo]));
          } catch (error) {
            expect(error).toMatchObject({ name: "StoreError", code: "cannotWrite" });
            states.set(each.name, new Set([...(states.get(each.name) ?? [undefined]), tempo]));
          }
        }
        await worked.release().catch(() => undefined);
        worked.store.close();
        const found = contentOf(root, await openStore(root));
        for (const name of NAMES) expect([...(states.get(name) ?? [undefined])]).toContain(found.get(name));
        await putOne(await openStore(root), analyzed(join(root, "new.mp3")));
        const later = contentOf(root, await openStore(root));
        expect(later).toEqual(new Map([...found, ["new.mp3", 124]]));
      },
    ),
    RUNS,
  );
}, 120_000);
