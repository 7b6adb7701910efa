/** What is said, and how it ends, when something goes wrong that no command expects. */
import { ImportError } from "../library/store/import/ImportError";
import { StoreError } from "../library/store/StoreError";
import { EXIT } from "./exitStatus";
import { printable } from "./printable";

/** Says what is wrong, and makes it the exit status. */
export function tellError(error: unknown): void {
  process.stderr.write(`error: ${printable(textOf(error))}\n`);
  process.exitCode = EXIT.someFailed;
}

/** A store that cannot be used says itself why; anything else is a fault of ours, told with its name. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof StoreError || error instanceof ImportError) return error.message;
  const { syscall } = error as NodeJS.ErrnoException;
  if (syscall === "uv_cwd") return "the current folder is not there any more; go to one that is";
  return `${error.name}: ${error.message}`;
}

/** What becomes of the process when nobody takes what it says. */
export function followOutput(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that went away (`| head`) is no fault of ours.
    if (error.code === "EPIPE") process.exit(EXIT.done);
    process.stderr.write(`error: cannot write to standard output: ${printable(error.message)}\n`);
    process.exit(EXIT.someFailed);
  });
  // Results matter, also where nobody reads how the run went.
  process.stderr.on("error", () => undefined);
}
