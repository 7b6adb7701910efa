/** The built command line as a process of its own, and what it left behind. */
import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach } from "vitest";
import initSqlJs from "sql.js";
import type { Analysis } from "../../src/shared/analysis";

const CLI = resolve("dist/cli.js");
export const EXAMPLE = resolve("example");

export interface Finished {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

interface RunOptions {
  cwd: string;
  nodeArgs?: string[];
  cli?: string;
  uid?: number;
  env?: NodeJS.ProcessEnv;
  input?: string;
}

export function start(
  args: string[],
  { cwd, nodeArgs = [], cli = CLI, uid, env = {}, input }: RunOptions,
): ChildProcess {
  const child = spawn(process.execPath, [...nodeArgs, cli, ...args], {
    cwd,
    env: { ...process.env, ...env },
    ...(uid === undefined ? {} : { uid }),
  });
  child.stdin.end(input ?? "");
  return child;
}

export async function run(args: string[], options: RunOptions): Promise<Finished> {
  return finish(start(args, options));
}

export function finish(child: ChildProcess): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (status, signal) => {
      done({ status, signal, stdout, stderr });
    });
  });
}

export function jsonLines(text: string): Analysis[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Analysis);
}

const folders: string[] = [];

/** An empty folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "playlista-"));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** All rows of the database's tracks table, as plain objects. */
export async function storedRows(folder: string): Promise<Record<string, unknown>[]> {
  const SQL = await initSqlJs();
  const database = new SQL.Database(readFileSync(join(folder, ".playlista", "library.sqlite")));
  const statement = database.prepare("SELECT * FROM tracks ORDER BY path");
  const rows: Record<string, unknown>[] = [];
  while (statement.step()) rows.push(statement.getAsObject());
  database.close();
  return rows;
}

/** Relative path → SHA-256 and time of every file below a folder. */
export function fingerprint(folder: string, passOver: readonly string[] = []): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const relative = path.slice(folder.length + 1);
    if (!entry.isFile() || passOver.some((name) => relative.startsWith(name))) continue;
    const hash = createHash("sha256").update(readFileSync(path)).digest("hex");
    found.set(relative, `${hash} ${statSync(path).mtimeMs}`);
  }
  return found;
}
