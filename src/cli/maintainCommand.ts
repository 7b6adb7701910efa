/** `playlista maintain`: a copy, a check, a smaller file; results of gone or failed files forgotten. */
import { failedPaths, maintain } from "../library/store/maintain";
import type { Maintained, Maintenance } from "../shared/engineProtocol";
import { EXIT } from "./exitStatus";
import { withStore } from "./openStore";
import { printable } from "./printable";

/** What is typed for each. */
const WORDS: Readonly<Record<string, Maintenance>> = {
  backup: "backUp",
  check: "check",
  compact: "compact",
  "remove-missing": "removeMissing",
  "forget-failures": "forgetFailures",
};
/** What forgets results, and so can be tried without. */
export const FORGETTING_WORDS: readonly string[] = ["remove-missing", "forget-failures"];
/** What can be typed; the last prints where the database is. */
export const MAINTENANCE_WORDS: readonly string[] = [...Object.keys(WORDS), "show"];

export interface MaintainFlags {
  dryRun: boolean;
  database?: string;
}

/** Resolves to the exit status: 1 for a check that finds something. Throws StoreError. */
export function maintainCommand(word: string, { dryRun, database }: MaintainFlags): Promise<number> {
  return withStore(database, async (store) => {
    const action = WORDS[word];
    if (action === undefined) {
      print(store.location.database);
    } else if (dryRun && (action === "removeMissing" || action === "forgetFailures")) {
      const paths = action === "removeMissing" ? await store.gone() : await failedPaths(store);
      for (const path of paths) print(path);
      process.stderr.write(`${paths.length} would be forgotten\n`);
    } else {
      return tell(await maintain(store, action));
    }
    return EXIT.done;
  });
}

function tell(done: Maintained): number {
  switch (done.action) {
    case "backUp":
      print(done.file ?? "There is no database yet.");
      return EXIT.done;
    case "check":
      for (const problem of done.problems) print(problem);
      if (done.problems.length === 0) print(`All is sound: ${done.tracks} tracks.`);
      return done.problems.length === 0 ? EXIT.done : EXIT.someFailed;
    case "compact":
      print(`${(done.freed / 1e6).toFixed(1)} MB are free now.`);
      return EXIT.done;
    case "removeMissing":
    case "forgetFailures":
      for (const path of done.removed) print(path);
      process.stderr.write(`${done.removed.length} forgotten\n`);
      return EXIT.done;
  }
}

function print(line: string): void {
  process.stdout.write(`${printable(line)}\n`);
}
