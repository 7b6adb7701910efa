/** VS Code's server (code-server) with a folder, as one process group and an address for a browser. */
import { createServer } from "node:net";
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { ChildProcess } from "node:child_process";
import { CODE_SERVER, SERVER_NODE } from "./places";
import { cleanEnvironment, endGroup, spawnGroup } from "./processes";

export interface ServerOptions {
  userDataDir: string;
  extensionsDir: string;
  /** False: the window opens in Restricted Mode until its user trusts the folder. */
  trusted: boolean;
  /** 0: any free port. */
  port: number;
  /** "all" of VS Code's built-in extensions, or the "few" that journeys meet, which starts a third faster. */
  builtIns: "all" | "few";
}

export interface Server {
  /** "http://127.0.0.1:PORT" */
  address: string;
  process: ChildProcess;
  end(): Promise<void>;
}

/** What a window of the server shows and runs. */
export interface WindowOptions {
  /** Absolute. */
  folder: string;
  extensionDevelopmentPath?: string | undefined;
  extensionTestsPath?: string | undefined;
}

const BUILT_INS = join(CODE_SERVER, "lib", "vscode", "extensions");
const FEW_BUILT_INS = ["theme-defaults", "theme-seti"];
const START_LIMIT_MS = 60_000;

/** A TCP port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === "object" && address ? address.port : 0);
      });
    });
  });
}

/** The page starts built-in extensions that run in a browser from a list of its own: these must be there. */
function isNeeded(builtIn: string): boolean {
  if (FEW_BUILT_INS.includes(builtIn)) return true;
  const manifest = join(BUILT_INS, builtIn, "package.json");
  return existsSync(manifest) && /"browser":/.test(readFileSync(manifest, "utf8"));
}

/** A folder of links to the few built-in extensions. */
function linkBuiltIns(userDataDir: string): string {
  const folder = join(userDataDir, "built-ins");
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(BUILT_INS).filter(isNeeded))
    symlinkSync(join(BUILT_INS, name), join(folder, name));
  return folder;
}

function serverArguments(options: ServerOptions, port: number): string[] {
  return [
    join(CODE_SERVER, "out", "node", "entry.js"),
    ...["--auth", "none", "--bind-addr", `127.0.0.1:${port}`],
    ...["--config", join(options.userDataDir, "code-server.yaml")],
    ...["--user-data-dir", options.userDataDir, "--extensions-dir", options.extensionsDir],
    ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"],
    // Without it the server ignores an extension under development without a word.
    ...["--vscode-option", "enable-smoke-test-driver"],
    ...(options.builtIns === "few"
      ? ["--vscode-option", `builtin-extensions-dir=${linkBuiltIns(options.userDataDir)}`]
      : []),
    // A window that was reloaded leaves its extension host behind for so long (default: hours).
    ...["--reconnection-grace-time", "2"],
    ...(options.trusted ? ["--disable-workspace-trust"] : []),
  ];
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/healthz`)).ok;
  } catch {
    return false;
  }
}

/** Starts the server and waits until it answers. Its own log goes to `server.log` in the user data folder. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const port = options.port || (await freePort());
  const address = `http://127.0.0.1:${port}`;
  mkdirSync(options.userDataDir, { recursive: true });
  mkdirSync(options.extensionsDir, { recursive: true });
  const logFile = join(options.userDataDir, "server.log");
  const log = openSync(logFile, "w");
  const child = spawnGroup(SERVER_NODE, serverArguments(options, port), {
    // No look-ups in an extension gallery.
    env: cleanEnvironment({ EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: "" }) }),
    stdio: ["ignore", log, log],
  });
  const limit = Date.now() + START_LIMIT_MS;
  while (!(await answers(address))) {
    if (child.exitCode !== null || Date.now() > limit) {
      await endGroup(child);
      throw new Error(`VS Code's server did not start on port ${port}; its log: ${logFile}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { address, process: child, end: () => endGroup(child) };
}

/** The address that opens a window on the folder. */
export function windowAddress(server: Server, options: WindowOptions): string {
  const remote = (path: string): string => `vscode-remote://${new URL(server.address).host}${path}`;
  const payload = [["skipWelcome", "true"]];
  if (options.extensionDevelopmentPath)
    payload.push(["extensionDevelopmentPath", remote(options.extensionDevelopmentPath)]);
  if (options.extensionTestsPath) payload.push(["extensionTestsPath", remote(options.extensionTestsPath)]);
  const query = new URLSearchParams({ folder: options.folder, payload: JSON.stringify(payload) });
  return `${server.address}/?${query.toString()}`;
}

/** Installs a packaged extension, as its user would by the command line. */
export function installExtensionCommand(userDataDir: string, extensionsDir: string, vsix: string): string[] {
  return [
    SERVER_NODE,
    join(CODE_SERVER, "out", "node", "entry.js"),
    ...["--config", join(userDataDir, "code-server.yaml")],
    ...["--user-data-dir", userDataDir, "--extensions-dir", extensionsDir, "--install-extension", vsix],
  ];
}
