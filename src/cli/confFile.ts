/** `--conf`: a playlista.conf in the place of defaults; flags and the environment are stronger. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import { readConf } from "../library/config/readConf";
import type { ConfSettings } from "../shared/conf";
import { EXIT } from "./exitStatus";
import { attributeOf } from "./limitOptions";
import { printable } from "./printable";

/** What a file can set that no flag does. */
export type ConfOnly = Pick<ConfSettings, "timeoutSeconds" | "exclude">;

/**
 * Gives the command's options that nobody set the values of the file, says on stderr what in it has no effect, and
 * returns what there is no option for. Ends the program when the file cannot be read.
 */
export async function applyConf(command: Command, file: string): Promise<ConfOnly> {
  const { settings, notices } = readConf(await readText(command, file));
  for (const { line, message } of notices) {
    const place = line === null ? basename(file) : `${basename(file)}, line ${line}`;
    process.stderr.write(`${printable(`${place}: ${message}`)}\n`);
  }
  const { executor, workers, maxRetries, maxFileSizeMB, ...others } = settings;
  const options = { executor, workers, maxRetries, [attributeOf("maxFileSizeMB")]: maxFileSizeMB };
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || command.getOptionValueSource(name) !== "default") continue;
    command.setOptionValueWithSource(name, value, "config");
  }
  return others;
}

async function readText(command: Command, file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return command.error(`error: cannot read --conf: ${reason}`, { exitCode: EXIT.wrongUse });
  }
}
