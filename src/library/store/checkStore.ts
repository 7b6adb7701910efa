/** Looks at all that a store has on disk, for a user who wants to know, and says it in words. */
import { ADVICE, raiseDoubt } from "./damage";
import { findDamage, isTextInStep } from "./findDamage";
import { loadStore, type Content } from "./loadStore";
import type { StoreFiles } from "./StoreFiles";

/** What was found. */
export interface StoreCheck {
  /** Nothing is wrong. */
  isSound: boolean;
  tracks: number;
  /** One sentence for each thing that is wrong, with what to do about it. */
  problems: string[];
}

/** Reads the files anew and changes nothing. Throws StoreError. */
export async function checkStore(files: StoreFiles): Promise<StoreCheck> {
  const content = await loadStore(files);
  try {
    // The text search before all: the look at the rest sets it right.
    const text = textProblem(content);
    const problems = [databaseProblem(files, content), journalProblem(files, content), text];
    const found = problems.filter((problem) => problem !== null);
    const [count] = content.database.exec("SELECT count(*) FROM tracks");
    return { isSound: found.length === 0, tracks: Number(count?.values[0]?.[0]), problems: found };
  } finally {
    content.database.close();
  }
}

function databaseProblem({ database: path }: StoreFiles, { broken, database }: Content): string | null {
  const damage = broken ?? findDamage(database, "full");
  if (damage === null) return null;
  if (broken === null) raiseDoubt(path);
  return `${path} is damaged (${damage}). ${ADVICE}`;
}

function journalProblem({ journal: path }: StoreFiles, { journal }: Content): string | null {
  if (journal.kind === "foreign") return `${path} is not used: ${journal.reason}.`;
  if (journal.kind !== "followed" || journal.place.rest === "none") return null;
  if (journal.place.rest === "torn") return `The last change in ${path} was never finished; it is left out.`;
  return `${path} is damaged: what could be read of it is used.`;
}

function textProblem({ database, broken, isNewer }: Content): string | null {
  if (broken !== null || isNewer || isTextInStep(database)) return null;
  return "The text search is out of step with the results. Compact the database to set it right.";
}
