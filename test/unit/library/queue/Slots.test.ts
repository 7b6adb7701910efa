import { expect, onTestFinished, test, vi } from "vitest";
import { Slots } from "../../../../src/library/queue/Slots";

const { signal } = new AbortController();

/** Takes a slot; `has` tells whether it was given. */
function take(
  slots: Slots,
  how: "beside" | "alone" = "beside",
  until = signal,
  { bytes = 0, rank = 0 } = {},
) {
  const taken = { has: false, release: (): void => undefined };
  const given = how === "alone" ? slots.acquireAlone(until) : slots.acquire(until, { bytes, rank });
  void given.then((release) => {
    if (!release) return;
    taken.has = true;
    taken.release = release;
  });
  return taken;
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const had = (takers: { has: boolean }[]) => takers.map(({ has }) => has);

const MB = 1024 * 1024;

test("files that would not fit into free memory wait for those before them, but one runs always", async () => {
  let free = 100 * MB;
  const low: number[] = [];
  const slots = new Slots({ available: () => free, onLowMemory: (running) => low.push(running) });
  slots.open(4);
  const takers = [1, 2, 3].map(() => take(slots, "beside", signal, { bytes: 200 * MB }));
  await settled();
  expect(had(takers)).toEqual([true, false, false]);
  free = 1000 * MB;
  takers[0]?.release();
  await settled();
  expect(had(takers)).toEqual([true, true, true]);
  expect(low).toEqual([1]);
});

test("a file that waits for memory starts when somebody else gives some back", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  let free = 0;
  const slots = new Slots({ available: () => free });
  slots.open(2);
  const takers = [take(slots, "beside", signal, { bytes: MB }), take(slots, "beside", signal, { bytes: MB })];
  await settled();
  expect(had(takers)).toEqual([true, false]);
  free = 1000 * MB;
  vi.advanceTimersByTime(2000);
  await settled();
  expect(had(takers)).toEqual([true, true]);
});

test("without a run that is wider, one file goes at a time", async () => {
  const slots = new Slots();
  const takers = [take(slots), take(slots)];
  await settled();
  expect(had(takers)).toEqual([true, false]);
  takers[0]?.release();
  await settled();
  expect(had(takers)).toEqual([true, true]);
});

test("the widest run that goes on says how many, also for a narrow one beside it", async () => {
  const slots = new Slots();
  slots.open(1);
  const close = slots.open(3);
  const takers = [take(slots), take(slots), take(slots), take(slots)];
  await settled();
  expect(had(takers)).toEqual([true, true, true, false]);
  close();
  takers[0]?.release();
  takers[1]?.release();
  await settled();
  expect(had(takers)).toEqual([true, true, true, false]);
  takers[2]?.release();
  await settled();
  expect(had(takers)).toEqual([true, true, true, true]);
});

test("the latest run goes first, and within a run it is first come, first served", async () => {
  const slots = new Slots();
  const takers = [1, 1, 1, 2, 2].map((rank) => take(slots, "beside", signal, { rank }));
  const order: number[] = [];
  for (let turn = 0; turn < takers.length; turn++) {
    await settled();
    const at = takers.findIndex(({ has }, i) => has && !order.includes(i));
    order.push(at);
    takers[at]?.release();
  }
  expect(order).toEqual([0, 3, 4, 1, 2]);
});

test("who asks to be alone is, and nobody who came later passes it by", async () => {
  const slots = new Slots();
  slots.open(4);
  const takers = [take(slots), take(slots, "alone"), take(slots)];
  await settled();
  expect(had(takers)).toEqual([true, false, false]);
  takers[0]?.release();
  await settled();
  expect(had(takers)).toEqual([true, true, false]);
  takers[1]?.release();
  await settled();
  expect(had(takers)).toEqual([true, true, true]);
});

test("who is cancelled while it waits makes way for those behind it", async () => {
  const slots = new Slots();
  slots.open(4);
  const cancel = new AbortController();
  const takers = [take(slots), take(slots, "alone", cancel.signal), take(slots)];
  cancel.abort();
  await settled();
  expect(had(takers)).toEqual([true, false, true]);
});
