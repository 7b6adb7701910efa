/**
 * Stands in for VS Code's executable where only its server and a browser can be had: takes the flags that
 * `@vscode/test-electron` gives an editor, opens the same window in Chromium, prints what the suite logs and
 * ends with the suite's exit code.
 */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { format, parseArgs } from "node:util";
import { chromium, type BrowserContext } from "playwright-core";
import { findOrInstallChromium } from "./install";
import { succeeds } from "./processes";
import { installExtensionCommand, startServer, windowAddress, type Server } from "./server";

const { values, positionals } = parseArgs({ strict: false, allowPositionals: true });

/** The value of `--name=value`, or null. */
function flag(name: string): string | null {
  const value = values[name];
  return typeof value === "string" ? value : null;
}

function needed(name: string): string {
  const value = flag(name);
  if (value === null) throw new Error(`--${name}=… is missing`);
  return value;
}

/** The workbench's own chatter is kept in a file; the terminal gets only what the suite says. */
function log(line: string): void {
  appendFileSync(join(needed("user-data-dir"), "window.log"), `${line}\n`);
  if (line.startsWith("error: ") && line.includes("[suite]")) console.log(line);
}

async function openBrowser(): Promise<BrowserContext> {
  return chromium.launchPersistentContext(join(needed("user-data-dir"), "chromium"), {
    executablePath: findOrInstallChromium(),
    args: [`--remote-debugging-port=${needed("remote-debugging-port")}`],
    viewport: { width: 1400, height: 900 },
    reducedMotion: "reduce",
    locale: "en-US",
    acceptDownloads: false,
    handleSIGINT: false,
    handleSIGTERM: false,
  });
}

/** Resolves with the exit code that the window's suite ends with, or with 1 when the window is gone before. */
async function showWindow(server: Server, context: BrowserContext): Promise<number> {
  const page = context.pages()[0] ?? (await context.newPage());
  const ended = new Promise<number>((resolve) => {
    page.once("close", () => {
      resolve(1);
    });
    page.once("crash", () => {
      resolve(1);
    });
    process.once("SIGINT", () => {
      resolve(130);
    });
    process.once("SIGTERM", () => {
      resolve(143);
    });
    // Whoever started us may be gone without a word: then nobody looks at this window.
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) resolve(1);
    }, 1000).unref();
    void page.exposeFunction("codeAutomationExit", (code: number) => {
      resolve(code);
    });
  });
  await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
    log(`${type}: ${format(...args)}`);
  });
  page.on("console", (message) => {
    log(`page ${message.type()}: ${message.text()}`);
  });
  await page.goto(
    windowAddress(server, {
      folder: positionals[0] ?? process.cwd(),
      extensionDevelopmentPath: flag("extensionDevelopmentPath") ?? undefined,
      extensionTestsPath: flag("extensionTestsPath") ?? undefined,
    }),
  );
  return ended;
}

async function run(): Promise<number> {
  const vsix = flag("install-extension");
  if (vsix !== null) {
    const [command = "", ...rest] = installExtensionCommand(
      needed("user-data-dir"),
      needed("extensions-dir"),
      vsix,
    );
    return succeeds(command, rest, { quiet: true }) ? 0 : 1;
  }
  const server = await startServer({
    userDataDir: needed("user-data-dir"),
    extensionsDir: needed("extensions-dir"),
    trusted: values["disable-workspace-trust"] === true,
    port: 0,
    builtIns: "few",
  });
  try {
    const context = await openBrowser();
    const code = await showWindow(server, context);
    await context.close();
    return code;
  } finally {
    await server.end();
  }
}

process.exit(await run());
