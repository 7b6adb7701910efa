import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfFile } from "../../../../src/library/config/readConfFile";
import { makeFolder } from "../fixtures/someFiles";

test("a file is read, and no secret of it comes along", async () => {
  const file = join(await makeFolder(), "playlista.conf");
  await writeFile(file, "WORKERS=3\nLASTFM_API_KEY=s3cr3t\n");
  const answer = await readConfFile(file);
  expect(answer).toMatchObject({ preview: { settings: { workers: 3 } }, problem: null });
  expect(JSON.stringify(answer)).not.toContain("s3cr3t");
});

test("what keeps a file from being read is told", async () => {
  const folder = await makeFolder();
  expect(await readConfFile(join(folder, "none.conf"))).toMatchObject({
    preview: null,
    problem: expect.stringContaining("none.conf") as unknown,
  });
  const large = join(folder, "large.conf");
  await writeFile(large, "#".repeat(1_000_001));
  expect(await readConfFile(large)).toMatchObject({ preview: null });
});
