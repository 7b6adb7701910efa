/** Where processes of one user meet, and that nobody else can be there. */
import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  NoMeetingPlace,
  placeForOwner,
  placesOfOwner,
} from "../../../../../src/library/store/sharing/meetingPlace";
import { makeFolder } from "../../fixtures/someFiles";

const ID = "0123456789abcdef";
/** A number that no list of users has. */
const NAMELESS = 54_321;

async function temporaryFolder(): Promise<string> {
  const folder = await makeFolder();
  vi.stubEnv("TMPDIR", folder);
  vi.stubEnv("XDG_RUNTIME_DIR", "");
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return folder;
}

const isRoot = process.geteuid?.() === 0;

test.skipIf(!isRoot)("a user without a name meets others too", async () => {
  const folder = await temporaryFolder();
  await chmod(folder, 0o777);
  process.seteuid?.(NAMELESS);
  try {
    const place = await placeForOwner("/music/.playlista/library.sqlite", ID);
    expect(await placesOfOwner("/music/.playlista/library.sqlite", ID)).toEqual([place]);
  } finally {
    process.seteuid?.(0);
  }
});

test.skipIf(process.platform === "win32")("in a folder that others can enter nobody is met", async () => {
  const folder = join(await temporaryFolder(), `playlista-${String(process.geteuid?.())}`);
  await mkdir(folder);
  await chmod(folder, 0o755);
  await expect(placeForOwner("/music/.playlista/library.sqlite", ID)).rejects.toThrow(NoMeetingPlace);
  expect(await placesOfOwner("/music/.playlista/library.sqlite", ID)).toEqual([]);
});
