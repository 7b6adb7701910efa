/** The command line's entry: what can be typed, and how it ends. */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { FolderMapping } from "../shared/earlier";
import { EXPORT_FORMATS, type ExecutorKind } from "../shared/engineProtocol";
import { analyzeCommand } from "./analyzeCommand";
import { applyConf } from "./confFile";
import { EXIT } from "./exitStatus";
import { exportCommand, type ExportFlags } from "./exportCommand";
import { importCommand, parseMapping } from "./importCommand";
import { interruption } from "./interruption";
import { limitOptions, limitsOf } from "./limitOptions";
import { listCommand } from "./listCommand";
import { FORGETTING_WORDS, MAINTENANCE_WORDS, maintainCommand, type MaintainFlags } from "./maintainCommand";
import { queryOfWords } from "./queryOfWords";
import { readPathList } from "./readPathList";
import { searchCommand, type SearchFlags } from "./searchCommand";
import { sqlCommand, type SqlFlags } from "./sqlCommand";
import { followOutput, tellError } from "./tellError";

declare const APP_VERSION: string;

interface AnalyzeFlags {
  json: boolean;
  force: boolean;
  workers: number;
  executor: ExecutorKind;
  maxRetries: number;
  essentia: boolean;
  database?: string;
  conf?: string;
  filesFrom?: string;
  nul: boolean;
}

function workerCount(text: string): number {
  const count = Number(text);
  if (text.trim() === "" || !Number.isInteger(count) || count < 0 || count > 64) {
    throw new InvalidArgumentError("Expected a whole number from 0 (automatic) to 64.");
  }
  return count;
}

function retryCount(text: string): number {
  const count = Number(text);
  if (text.trim() === "" || !Number.isInteger(count) || count < 0 || count > 100) {
    throw new InvalidArgumentError("Expected a whole number from 0 to 100.");
  }
  return count;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(number) || number < 0) {
    throw new InvalidArgumentError("Expected a whole number.");
  }
  return number;
}

const databaseOption = () =>
  new Option("--database <file>", "database to use instead of .playlista/library.sqlite here")
    .env("PLAYLISTA_DATABASE")
    .argParser((file) => {
      // An unset variable in a script would otherwise mean the current folder.
      if (file === "") throw new InvalidArgumentError("Expected the name of a file.");
      return file;
    });

const program = new Command("playlista")
  .description("Measures tempo, key, loudness, dynamics and timbre of audio files and keeps the results.")
  .version(APP_VERSION)
  .showHelpAfterError("(--help tells more)");

const analyze = program
  .command("analyze")
  .description("analyze files, and folders with all below them")
  .argument("[paths...]", "files and folders")
  .option("--json", "print a JSON line for each file, once its result is on disk", false)
  .option("--force", "analyze again what is unchanged", false)
  .addOption(
    new Option("--workers <n>", "files at once; 0 chooses from processors and memory")
      .argParser(workerCount)
      .default(0)
      .env("PLAYLISTA_WORKERS"),
  )
  .addOption(
    new Option("--executor <kind>", "several files at once, or one after the other")
      .choices(["threads", "processes", "sequential"] satisfies ExecutorKind[])
      .default("threads")
      .env("PLAYLISTA_EXECUTOR"),
  )
  .addOption(
    new Option("--max-retries <n>", "how often a file that failed and has not changed is tried again")
      .argParser(retryCount)
      .default(3)
      .env("PLAYLISTA_MAX_RETRIES"),
  )
  .option(
    "--essentia",
    "also measure essentia.js' own values, about a minute a song (env: PLAYLISTA_ESSENTIA=1)",
    process.env["PLAYLISTA_ESSENTIA"] === "1",
  )
  .addOption(databaseOption())
  .option("--conf <file>", "settings from a playlista.conf, for what neither flags nor environment say")
  .option("--files-from <file>", 'read paths from a file, one a line ("-": standard input)')
  .option("-0, --nul", "paths in --files-from end with NUL instead of a line end", false)
  .action(async (paths: string[], { conf }: AnalyzeFlags, command: Command) => {
    const confOnly = conf === undefined ? {} : await applyConf(command, conf);
    const flags = command.opts<AnalyzeFlags>();
    const { json, force, workers, executor, maxRetries, essentia, database, filesFrom, nul } = flags;
    const listed = filesFrom === undefined ? [] : await listedPaths(command, filesFrom, nul);
    const given = [...paths, ...listed];
    if (given.length === 0 && filesFrom === undefined)
      command.error("error: no paths given", { exitCode: EXIT.wrongUse });
    // An unset variable in a script would otherwise mean the current folder.
    if (given.includes("")) command.error("error: an empty path was given", { exitCode: EXIT.wrongUse });
    process.exitCode = await analyzeCommand(given, {
      json,
      force,
      workers,
      executor,
      maxRetries,
      essentia,
      ...(database === undefined ? {} : { database }),
      limits: limitsOf(command.opts()),
      ...confOnly,
      signal: interruption(),
    });
  });
for (const option of limitOptions()) analyze.addOption(option);

program
  .command("list")
  .description("print what is stored")
  .option("--json", "print a JSON line for each file", false)
  .addOption(databaseOption())
  .action(async (flags: { json: boolean; database?: string }) => {
    await listCommand(flags);
  });

program
  .command("import")
  .description("take over a database, or an export, of the earlier Playlista")
  .argument("<file>", "audio_analysis.db, playlista.db, or an export in CSV or JSON")
  .addOption(
    new Option("--map <old=new>", "the folder there, as /music, and the one that it is here").argParser(
      mapping,
    ),
  )
  .option("--dry-run", "say what would come over, and write nothing", false)
  .option("--json", "print the summary as a JSON line", false)
  .addOption(databaseOption())
  .action(
    async (
      file: string,
      flags: { map?: FolderMapping; dryRun: boolean; json: boolean; database?: string },
    ) => {
      process.exitCode = await importCommand(file, { ...flags, signal: interruption() });
    },
  );

function mapping(text: string): FolderMapping {
  const parsed = parseMapping(text);
  if (!parsed) throw new InvalidArgumentError("Expected OLD=NEW, as in /music=/home/me/Music.");
  return parsed;
}

program
  .command("search")
  .description("print the tracks that a query finds, as list does (docs/search.md has the language)")
  .argument("<query...>", 'for example: bpm:120-128 key:~8A "nina simone"')
  .option("--json", "print a JSON line for each track", false)
  .option("--limit <n>", "print this many at most", wholeNumber)
  .option("--sort <fields>", 'order, for example "-bpm,artist"')
  .addOption(databaseOption())
  .allowUnknownOption()
  .action(async (words: string[], flags: SearchFlags, command: Command) => {
    process.exitCode = await searchCommand(queryOf(command, words, flags.sort), flags);
  });

program
  .command("export")
  .description("write stored results, or those that a query finds, to a file or to standard output")
  .argument("[query...]", "in the language of search")
  .addOption(new Option("--format <format>", "what to write").choices(EXPORT_FORMATS).makeOptionMandatory())
  .option("-o, --output <file>", "file to write; never audio, never the library")
  .option("--force", "replace a file that is there", false)
  .option("--sort <fields>", 'order, for example "-bpm,artist"')
  .addOption(databaseOption())
  .allowUnknownOption()
  .action(async (words: string[], flags: ExportFlags, command: Command) => {
    process.exitCode = await exportCommand(queryOf(command, words, flags.sort), flags);
  });

program
  .command("sql")
  .description("answer a question in SQL (SELECT and the like; nothing is changed)")
  .argument("<statement>", 'for example: "SELECT path, rhythm_tempo FROM tracks ORDER BY 2"')
  .option("--json", "print a JSON line for each row", false)
  .option("--csv", "print CSV", false)
  .option("--limit <n>", "print this many rows at most; 0 prints all", wholeNumber, 1000)
  .option("--timeout <s>", "give up after so many seconds", wholeNumber, 60)
  .addOption(databaseOption())
  .action(async (statement: string, flags: SqlFlags) => {
    process.exitCode = await sqlCommand(statement, flags);
  });

program
  .command("maintain")
  .description(
    "keep the library in order: a copy, a look at it, less room; forget files that are gone, or failures",
  )
  .addArgument(new Argument("<what>", "what to do").choices(MAINTENANCE_WORDS))
  .option("--dry-run", "only list what remove-missing or forget-failures would forget", false)
  .addOption(databaseOption())
  .action(async (what: string, flags: MaintainFlags, command: Command) => {
    if (flags.dryRun && !FORGETTING_WORDS.includes(what))
      command.error(`error: --dry-run is for ${FORGETTING_WORDS.join(" and ")}`, { exitCode: EXIT.wrongUse });
    process.exitCode = await maintainCommand(what, flags);
  });

/** What is excluded begins like an option; what has two hyphens was meant for one. */
function queryOf(command: Command, words: readonly string[], sort: string | undefined): string {
  const flag = words.find((word) => word.startsWith("--"));
  if (flag !== undefined) command.error(`error: unknown option '${flag}'`, { exitCode: EXIT.wrongUse });
  return queryOfWords(words, sort);
}

async function listedPaths(command: Command, filesFrom: string, nul: boolean): Promise<string[]> {
  try {
    return await readPathList(filesFrom, nul);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return command.error(`error: cannot read --files-from: ${reason}`, { exitCode: EXIT.wrongUse });
  }
}

async function main(): Promise<void> {
  for (const command of [program, ...program.commands]) command.exitOverride();
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
    } else {
      tellError(error);
    }
  }
}

followOutput();
void main();
