/** All invented music that the models are fitted on: pieces of each genre, and accompaniments by MMA. */
import { inventPiece } from "./compose";
import type { Example } from "./examples";
import { GENRES } from "./genres";
import { allGrooves, groovePiece } from "./grooves";
import { renderedExamples } from "./rendered";

/** Pieces of each genre, and grooves that are rendered at once. */
const OF_EACH = 60;
const BATCH = 60;

/** Each genre's pieces, then the grooves', batch by batch: a batch that did not change is not rendered anew. */
export function* inventedBatches(): Generator<Example[]> {
  for (const [g, genre] of GENRES.entries()) {
    const pieces = Array.from({ length: OF_EACH }, (_, number) => inventPiece(genre, number));
    yield renderedExamples(pieces, g);
  }
  const grooves = allGrooves();
  for (let from = 0; from < grooves.length; from += BATCH) {
    const pieces = grooves
      .slice(from, from + BATCH)
      .flatMap((groove, i) => groovePiece(groove, from + i) ?? []);
    yield renderedExamples(pieces, from / BATCH);
  }
}
