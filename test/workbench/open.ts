/**
 * The same workbench for a person to try: `npm run workbench -- FOLDER [--theme light|dark|hc|hcLight] [--port N]`
 * prints an address to open in a browser, and ends everything with Ctrl+C. On a desktop system it opens a
 * downloaded VS Code instead.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { ChildProcess } from "node:child_process";
import { buildExtension } from "./build";
import { desktopExecutable } from "./desktop";
import { installServer, workbenchKind } from "./install";
import { PROJECT } from "./places";
import { cleanEnvironment, endGroup, spawnGroup } from "./processes";
import { startServer, windowAddress } from "./server";
import { isTheme, writeSettings, type Theme } from "./settings";

const USAGE = "usage: npm run workbench -- FOLDER [--theme light|dark|hc|hcLight] [--port N]";

interface Wish {
  folder: string;
  theme: Theme;
  port: number;
}

function readWish(): Wish | string {
  try {
    const { values, positionals } = parseArgs({
      options: { theme: { type: "string", default: "dark" }, port: { type: "string", default: "0" } },
      allowPositionals: true,
    });
    // The address carries no drive letters or relative parts: the folder as the server sees it.
    const folder = resolve(positionals[0] ?? "example");
    const port = Number(values.port);
    if (positionals.length > 1) return USAGE;
    if (!isTheme(values.theme)) return `No theme "${values.theme}". ${USAGE}`;
    if (!Number.isInteger(port) || port < 0 || port > 65535) return `No port "${values.port}". ${USAGE}`;
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return `No folder "${folder}". ${USAGE}`;
    return { folder, theme: values.theme, port };
  } catch (error) {
    return `${(error as Error).message} ${USAGE}`;
  }
}

async function showInDesktop(wish: Wish, scratch: string): Promise<void> {
  const executable = await desktopExecutable();
  const profile = [
    `--user-data-dir=${join(scratch, "user")}`,
    `--extensions-dir=${join(scratch, "extensions")}`,
  ];
  const child = spawnGroup(executable, [wish.folder, ...profile, `--extensionDevelopmentPath=${PROJECT}`], {
    env: cleanEnvironment(),
    stdio: "inherit",
  });
  console.log("VS Code opens (Ctrl+C ends it).");
  await interrupted(child);
  await endGroup(child);
}

/** Resolves with Ctrl+C, or when the process ends by itself. */
async function interrupted(child: ChildProcess): Promise<void> {
  await new Promise<void>((done) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, done);
    child.once("exit", () => {
      done();
    });
  });
}

async function showInBrowser(wish: Wish, scratch: string): Promise<void> {
  const server = await startServer({
    userDataDir: join(scratch, "user"),
    extensionsDir: join(scratch, "extensions"),
    trusted: true,
    port: wish.port,
    builtIns: "all",
  });
  const address = windowAddress(server, { folder: wish.folder, extensionDevelopmentPath: PROJECT });
  console.log(`Open this address in a browser (Ctrl+C ends the workbench):\n\n  ${address}\n`);
  await interrupted(server.process);
  await server.end();
}

async function show(wish: Wish): Promise<void> {
  const kind = workbenchKind();
  if (kind === "web") installServer();
  buildExtension();
  const scratch = mkdtempSync(join(tmpdir(), "playlista-try-"));
  writeSettings(join(scratch, "user"), wish.theme);
  await (kind === "web" ? showInBrowser(wish, scratch) : showInDesktop(wish, scratch));
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}

const wish = readWish();
if (typeof wish === "string") {
  console.error(wish);
  process.exit(2);
}
await show(wish);
