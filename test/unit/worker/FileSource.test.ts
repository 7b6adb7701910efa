import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFile, chmod, mkdir, symlink, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { FileSource } from "../../../src/worker/FileSource";
import { asAnotherUser } from "../../fixtures/asAnotherUser";
import { temporaryPath } from "./decodeBytes";

const isWindows = process.platform === "win32";
/** Part of every Unix. */
const MAKE_PIPE = "mkfifo";

async function fileOf(bytes: Uint8Array): Promise<string> {
  const path = await temporaryPath("file");
  await writeFile(path, bytes);
  return path;
}

function countingBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) & 0xff);
}

describe("FileSource", () => {
  it("hashes the whole content, whatever part of it was read", async () => {
    const bytes = countingBytes(700_001);
    const expected = createHash("sha256").update(bytes).digest("hex");
    const path = await fileOf(bytes);
    for (const positions of [[], [0], [0, 300_000], [699_000, 0, 650_000]]) {
      const source = await FileSource.open(path);
      for (const position of positions) await source.read(position, 1000);
      expect((await source.facts()).sha256).toBe(expected);
      await source.close();
    }
  });

  it("hashes the whole content when parts are passed over or read aside", async () => {
    const bytes = countingBytes(1_500_001);
    const source = await FileSource.open(await fileOf(bytes));
    expect(await source.readAside(1_400_000, 100)).toEqual(bytes.slice(1_400_000, 1_400_100));
    const chunk = await source.chunkAt(100_000);
    await source.readAside(900_000, 1000);
    expect(chunk[0]).toBe(bytes[100_000]);
    await source.readUpTo(1_200_000);
    await source.read(1_200_000, 1000);
    await source.readUpTo(5);
    await source.readUpTo(9e9);
    expect((await source.facts()).sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(await source.readAside(1_499_990, 100)).toEqual(bytes.slice(1_499_990));
    expect(await source.readAside(2_000_000, 100)).toHaveLength(0);
    await source.close();
  });

  it("reads across chunks and stops at the end of the file", async () => {
    const bytes = countingBytes(600_000);
    const source = await FileSource.open(await fileOf(bytes));
    expect(await source.read(262_100, 300)).toEqual(bytes.slice(262_100, 262_400));
    expect(await source.read(599_990, 100)).toEqual(bytes.slice(599_990));
    expect(await source.read(700_000, 100)).toHaveLength(0);
    await source.close();
  });

  it("notices that the file grew", async () => {
    const path = await fileOf(countingBytes(1000));
    const source = await FileSource.open(path);
    expect(await source.hasChanged()).toBe(false);
    await appendFile(path, "more");
    expect(await source.hasChanged()).toBe(true);
    await source.close();
  });

  it("has no hash of a file that shrank before it was read to its end", async () => {
    const path = await fileOf(countingBytes(600_000));
    const source = await FileSource.open(path);
    await source.read(0, 10);
    await truncate(path, 300_000);
    expect((await source.facts()).sha256).toBeNull();
    await source.close();
  });

  it("says that a file is not there", async () => {
    const path = await temporaryPath("nothing.wav");
    await expect(FileSource.open(path)).rejects.toMatchObject({ code: "notFound" });
    await expect(FileSource.open(join(path, "deeper.wav"))).rejects.toMatchObject({ code: "notFound" });
  });

  it("refuses a folder", async () => {
    const path = await temporaryPath("folder.wav");
    await mkdir(path);
    await expect(FileSource.open(path)).rejects.toMatchObject({ code: "notAFile" });
  });

  it.skipIf(isWindows)("refuses a named pipe without waiting for its writer", async () => {
    const path = await temporaryPath("pipe.wav");
    execFileSync(MAKE_PIPE, [path]);
    await expect(FileSource.open(path)).rejects.toMatchObject({ code: "notAFile" });
  });

  it.skipIf(isWindows)("refuses a device", async () => {
    await expect(FileSource.open("/dev/zero")).rejects.toMatchObject({ code: "notAFile" });
  });

  it.skipIf(isWindows)("follows a link to a file, and gives up on links that lead in a circle", async () => {
    const path = await fileOf(countingBytes(10));
    const folder = dirname(path);
    await symlink(path, join(folder, "link"));
    const source = await FileSource.open(join(folder, "link"));
    expect(source.size).toBe(10);
    await source.close();
    await symlink(join(folder, "b"), join(folder, "a"));
    await symlink(join(folder, "a"), join(folder, "b"));
    await expect(FileSource.open(join(folder, "a"))).rejects.toMatchObject({ code: "unreadable" });
  });

  it.skipIf(isWindows)("says that a file may not be read", async () => {
    const path = await fileOf(countingBytes(10));
    await chmod(dirname(path), 0o755);
    await chmod(path, 0o000);
    await asAnotherUser(() => expect(FileSource.open(path)).rejects.toMatchObject({ code: "unreadable" }));
  });
});
