import { stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lookAtFile } from "../../../../src/library/queue/lookAtFile";
import type { Analysis } from "../../../../src/shared/analysis";
import { currentVersions } from "../../../../src/shared/measurements";
import { analyzed, failed } from "../fixtures/someAnalysis";
import { makeFiles, makeFolder } from "../fixtures/someFiles";

/** A file on disk with the facts that its stored result would have. */
async function aFile(): Promise<{ path: string; file: NonNullable<Analysis["file"]> }> {
  const [path = ""] = await makeFiles(await makeFolder(), { "a.wav": "sound" });
  const { size, mtimeMs } = await stat(path);
  return { path, file: { size, modified: mtimeMs, sha256: "0".repeat(64) } };
}

const ASKED = { force: false, maxRetries: 3 };
const FORCED = { force: true, maxRetries: 3 };

const withVersion = (tempo: number) => ({
  app: "1",
  schema: 1,
  measurements: { ...currentVersions(), tempo },
});

test("a file that has never been analysed is analysed, a missing one is not found", async () => {
  const { path, file } = await aFile();
  expect(await lookAtFile(path, null, ASKED)).toEqual({
    kind: "analyze",
    file: { ...file, sha256: null },
  });
  for (const nowhere of [join(path, "below.wav"), "/a\0b.wav", `/${"a".repeat(5000)}`]) {
    expect(await lookAtFile(nowhere, null, ASKED)).toMatchObject({
      kind: "refused",
      code: "notFound",
    });
  }
});

test("what is no file is refused without an analysis", async () => {
  const folder = await makeFolder();
  expect(await lookAtFile(folder, null, FORCED)).toMatchObject({
    kind: "refused",
    code: "notAFile",
    message: "This is a folder, not a file. Name the files in it.",
  });
  expect(await lookAtFile("/dev/null", null, FORCED)).toMatchObject({
    kind: "refused",
    code: "notAFile",
  });
});

test("an unchanged file keeps its result unless the user insists", async () => {
  const { path, file } = await aFile();
  const stored = analyzed(path, { file });
  expect(await lookAtFile(path, stored, ASKED)).toEqual({
    kind: "stored",
    analysis: { ...stored, state: "unchanged" },
  });
  expect(await lookAtFile(path, stored, FORCED)).toMatchObject({ kind: "analyze" });
});

test("a file with another size or time of change is analysed again", async () => {
  const { path, file } = await aFile();
  const larger = analyzed(path, { file: { ...file, size: file.size + 1 } });
  expect(await lookAtFile(path, larger, ASKED)).toMatchObject({ kind: "analyze" });
  const stored = analyzed(path, { file });
  await utimes(path, new Date(), new Date(file.modified + 5000));
  expect(await lookAtFile(path, stored, ASKED)).toMatchObject({ kind: "analyze" });
});

test("a library copied to a disk that keeps whole milliseconds is not analysed again", async () => {
  const { path, file } = await aFile();
  const stored = analyzed(path, { file: { ...file, modified: file.modified + 0.7 } });
  expect(await lookAtFile(path, stored, ASKED)).toMatchObject({ kind: "stored" });
});

test("an older method's result is made anew, a newer program's is left as it is", async () => {
  const { path, file } = await aFile();
  const { tempo } = currentVersions();
  const older = analyzed(path, { file, versions: withVersion(tempo - 1) });
  const newer = analyzed(path, { file, versions: withVersion(tempo + 1) });
  expect(await lookAtFile(path, older, ASKED)).toMatchObject({ kind: "analyze" });
  expect(await lookAtFile(path, newer, ASKED)).toMatchObject({ kind: "stored" });
  const asked = { ...ASKED, requested: { essentia: true } };
  expect(await lookAtFile(path, newer, asked)).toMatchObject({ kind: "analyze" });
});

test("a file that failed is tried again as often as asked for, then only when it changes or by force", async () => {
  const { path, file } = await aFile();
  const after = (attempts: number) =>
    failed(path, { file, error: { code: "corrupt", message: "nothing usable in it", attempts } });
  const look = (attempts: number, maxRetries: number) =>
    lookAtFile(path, after(attempts), { force: false, maxRetries });
  expect(await look(3, 3)).toMatchObject({ kind: "analyze" });
  expect(await look(4, 3)).toEqual({ kind: "stored", analysis: after(4) });
  expect(await look(4, 4)).toMatchObject({ kind: "analyze" });
  expect(await look(1, 0)).toMatchObject({ kind: "stored" });
  expect(await lookAtFile(path, after(4), FORCED)).toMatchObject({ kind: "analyze" });
  const changed = { ...after(4), file: { ...file, size: file.size + 1 } };
  expect(await lookAtFile(path, changed, ASKED)).toMatchObject({ kind: "analyze" });
});
