/** One JSON text a file in analysis_results, failures in a table of their own. */
import type { FoundLibrary, FoundTrack } from "../EarlierTrack";
import { givenTime } from "../givenTime";
import { parseObject } from "../looseJson";
import { present } from "../present";
import type { SourceDatabase } from "../SourceDatabase";
import { failedTrack, pathOf, sizeOf } from "./rowParts";

export function readR(database: SourceDatabase): FoundLibrary {
  return { tracks: readTracks(database), playlists: [], orphaned: () => 0 };
}

function* readTracks(database: SourceDatabase): Generator<FoundTrack> {
  const analyzed = new Set<string>();
  const isStamped = database.column("analysis_results", "analysis_date")?.isStamped;
  for (const row of database.rows("analysis_results")) {
    const path = pathOf(row);
    if (path === null) continue;
    analyzed.add(path);
    const { analysis_data, ...facts } = row;
    yield {
      path,
      size: sizeOf(row),
      analyzedAt: givenTime(row["analysis_date"], isStamped),
      values: {
        ...facts,
        ...present(parseObject(row["metadata"])),
        ...present(parseObject(analysis_data)),
      },
      failure: null,
      isSeenOnly: false,
    };
  }
  // A file that failed once and was analysed later is still listed there.
  for (const row of database.rows("failed_analysis")) {
    const path = pathOf(row);
    if (path !== null && !analyzed.has(path)) yield failedTrack(path, row, givenTime(row["failed_date"]));
  }
}
