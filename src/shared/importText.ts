/** The summary of an import as sentences and rows, the same in the terminal and in the editor. */
import { EARLIER_VARIANTS, LEFT_OUT_REASONS, SKIP_REASONS, type ImportSummary } from "./earlier";

/** What was found and what became of it, a sentence each. */
export function importSentences(summary: ImportSummary): string[] {
  const { variant, tracks, imported, failed, mapping, orphaned, isPreview } = summary;
  const skipped = summary.skipped.reduce((sum, { count }) => sum + count, 0);
  const verb = isPreview ? "would be imported" : "imported";
  return [
    `Form ${variant} of the earlier Playlista's database: ${EARLIER_VARIANTS[variant]}.`,
    ...summary.warnings,
    mapping ? `The folder ${mapping.from} there is ${mapping.to} here.` : "Paths are taken as they are.",
    `${files(tracks)}: ${imported} ${verb}, ${failed} as failed there, ${skipped} skipped.`,
    ...playlistSentences(summary),
    ...(orphaned > 0 ? [`Values of ${files(orphaned)} belong to no file any more.`] : []),
  ];
}

function playlistSentences({
  playlists,
  playlistEntries,
  playlistOrphans,
  isPreview,
}: ImportSummary): string[] {
  if (playlists === 0 && playlistOrphans === 0) return [];
  const verb = isPreview ? "would be imported" : "imported";
  const lost = playlistOrphans > 0 ? `; ${playlistOrphans} entries name files that are not to be found` : "";
  return [`${playlists} playlists with ${playlistEntries} entries ${verb}${lost}.`];
}

/** Why files were skipped: count, reason, the first paths. */
export function skippedRows({ skipped }: ImportSummary): string[][] {
  return skipped.map(({ reason, count, examples }) => {
    const more = count > examples.length ? " …" : "";
    return [String(count), SKIP_REASONS[reason], `${examples.join(", ")}${more}`];
  });
}

/** Which values were left out of the files that came over: count, name there, reason. */
export function leftOutRows({ leftOut }: ImportSummary): string[][] {
  return leftOut.map(({ name, reason, count }) => [String(count), name, LEFT_OUT_REASONS[reason]]);
}

function files(count: number): string {
  return count === 1 ? "1 file" : `${count} files`;
}
