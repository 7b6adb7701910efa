/** A library in memory for the questions asked of it, and the names of what they find. */
import { basename } from "node:path";
import type { Database } from "sql.js";
import { onTestFinished } from "vitest";
import { openInMemory } from "../../../../../src/library/store/loadDatabase";
import { applyOperations } from "../../../../../src/library/store/operations";
import { migrate } from "../../../../../src/library/store/schema";
import { search } from "../../../../../src/library/store/search/runSearch";
import { keepAnalysis } from "../../../../../src/library/store/trackChanges";
import type { Analysis, Tags } from "../../../../../src/shared/analysis";
import { someGroups } from "../../../../fixtures/someGroups";
import { analyzed, noTags } from "../../fixtures/someAnalysis";

export const ROOT = "/music";

/** What a test says of a track; everything else is as in {@link analyzed}. */
interface Said {
  tags?: Partial<Tags>;
  tempo?: number | null;
  camelot?: string;
  lufs?: number | null;
  peak?: number;
  seconds?: number;
  over?: Partial<Analysis>;
}

export function track(name: string, said: Said = {}): Analysis {
  const plain = analyzed(`${ROOT}/${name}`);
  const { tempo = 124, camelot = "8A", lufs = -9.3, peak = -0.1, seconds = 227.2 } = said;
  return {
    ...plain,
    format: plain.format && { ...plain.format, duration: seconds },
    tags: said.tags ? { ...noTags, ...said.tags } : null,
    loudness: { ...someGroups.loudness, integrated: lufs, truePeak: peak },
    rhythm: { ...someGroups.rhythm, tempo },
    tonal: { ...someGroups.tonal, camelot },
    ...said.over,
  };
}

export async function libraryOf(tracks: readonly Analysis[], root = ROOT): Promise<Database> {
  const database = await openInMemory();
  onTestFinished(() => {
    database.close();
  });
  migrate(database, 0);
  for (const analysis of tracks) applyOperations(database, keepAnalysis(database, root, analysis));
  return database;
}

/** The names that a query finds, in their order; throws what is wrong with it. */
export async function namesFound(database: Database, query: string, root = ROOT): Promise<string[]> {
  const { found, problem } = await search(() => database, root, query, { offset: 0, limit: 1000 });
  if (problem) throw new Error(`${query}: ${problem.message}`);
  return found.tracks.map(({ path }) => basename(path));
}
