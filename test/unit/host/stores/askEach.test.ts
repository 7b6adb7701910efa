import { expect, test } from "vitest";
import { EngineStoppedError } from "../../../../src/host/engine/EngineStoppedError";
import { askEach } from "../../../../src/host/stores/askEach";
import type { StoreLocation } from "../../../../src/shared/engineProtocol";

const stores = ["/a", "/broken", "/b"].map((root) => ({ location: { database: `${root}/library`, root } }));
const [a, broken, b] = stores;

test("a folder whose library can't be read does not hide the other folders' files", async () => {
  const count = ({ root }: StoreLocation): Promise<string> =>
    root === "/broken" ? Promise.reject(new Error("not a library")) : Promise.resolve(`files of ${root}`);
  expect(await askEach(stores, count)).toEqual([
    { store: a, answer: "files of /a", problem: null },
    { store: broken, answer: null, problem: "not a library" },
    { store: b, answer: "files of /b", problem: null },
  ]);
});

test("an engine that is stopped is no fault of a library", async () => {
  const stopped = (): Promise<never> => Promise.reject(new EngineStoppedError());
  await expect(askEach(stores, stopped)).rejects.toBeInstanceOf(EngineStoppedError);
});
