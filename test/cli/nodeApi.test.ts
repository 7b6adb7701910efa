/** The examples of docs/api.md: the Node one runs over the build, both fit the types that are handed out. */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { RunSummary } from "../../src/shared/engineProtocol";
import { EXAMPLE, finish, run, temporaryFolder } from "./commandLine";

const PAGE = readFileSync("docs/api.md", "utf8");

function example(language: string): string {
  const code = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "m").exec(PAGE)?.[1];
  if (code === undefined) throw new Error(`docs/api.md has no example in ${language}.`);
  return code;
}

/** A project that has this one as its package, and two songs. */
function makeProject(): { folder: string; music: string } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(resolve("."), join(folder, "node_modules", "playlista"), "junction");
  const music = join(folder, "music");
  cpSync(join(EXAMPLE, "Folk"), music, { recursive: true });
  return { folder, music };
}

async function runInNode(folder: string, call: string): Promise<unknown> {
  const script = join(folder, "program.cjs");
  writeFileSync(script, `${example("js")}\n${call}.then((all) => console.log(JSON.stringify(all)));\n`);
  const { stdout, stderr, status } = await finish(spawn(process.execPath, [script], { cwd: folder }));
  expect([status, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

describe("the example for Node", () => {
  test("analyzes a folder through the manager into the library that the command line lists", async () => {
    const { folder, music } = makeProject();
    const call = `analyzeFolder(${JSON.stringify(music)})`;
    expect(await runInNode(folder, call)).toMatchObject({ asked: 2, succeeded: 2, failed: 0 });
    expect(await runInNode(folder, call)).toMatchObject({ asked: 2, succeeded: 0, unchanged: 2 });
    const listed = await run(["list", "--json"], { cwd: music });
    expect(listed.stdout.trim().split("\n")).toHaveLength(2);
  });

  test("analyzes files directly, and every file is accounted for", async () => {
    const { folder, music } = makeProject();
    const files = ["Greensleeves.flac", "Korobeiniki.opus", "none.mp3"].map((name) => join(music, name));
    const call = `analyzeDirectly(${JSON.stringify(files)})`;
    const { summary, tempos } = (await runInNode(folder, call)) as {
      summary: RunSummary;
      tempos: Record<string, unknown>;
    };
    expect(summary).toMatchObject({ asked: 3, succeeded: 2, failed: 1, unchanged: 0, cancelled: 0 });
    expect(Object.keys(tempos).sort()).toEqual(files.sort());
    expect(tempos[join(music, "none.mp3")]).toBe("notFound");
    expect(tempos[join(music, "Greensleeves.flac")]).toBeGreaterThan(0);
  });
});

test("both examples fit the types that are handed out", () => {
  const folder = temporaryFolder();
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
  };
  const made = spawnSync(process.execPath, ["scripts/api-types.mjs", folder], { encoding: "utf8" });
  expect([made.status, made.stderr]).toEqual([0, ""]);
  mkdirSync(join(folder, "extension"));
  write("extension/extension.ts", example("ts"));
  write("extension/playlista.d.ts", readFileSync(join(folder, "api.d.ts"), "utf8"));
  write(
    "program.js",
    `// @ts-check\n${example("js")}\nmodule.exports = { analyzeFolder, analyzeDirectly };\n`,
  );
  const options = {
    ...{
      strict: true,
      noEmit: true,
      allowJs: true,
      noImplicitAny: false,
      target: "ES2022",
      module: "preserve",
    },
    types: ["node", "vscode"],
    typeRoots: [resolve("node_modules/@types")],
    paths: { playlista: ["./playlista.d.ts"] },
  };
  write(
    "tsconfig.json",
    JSON.stringify({ compilerOptions: options, files: ["extension/extension.ts", "program.js"] }),
  );
  const tsc = resolve("node_modules/typescript/bin/tsc");
  const checked = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
  expect(checked.stdout).toBe("");
  expect(checked.status).toBe(0);
});
