/** Which key the music is in at which time, in words. */
import type { TonalResult } from "../../shared/analysis";
import { formatDuration } from "../../shared/format";
import type { TimeWindow } from "./timeWindow";

/** From `time` (s) on. */
export interface KeySpan {
  time: number;
  name: string;
}

/** All keys of a file in order of time, the first from its start. */
export function keySpans({ key, mode, keyChanges }: TonalResult): KeySpan[] {
  if (key === null || mode === null) return [];
  const sections = keyChanges && keyChanges.length > 0 ? keyChanges : [{ time: 0, key, mode }];
  return sections.map((section) => ({ time: section.time, name: `${section.key} ${section.mode}` }));
}

/** The spans that a window shows; the first one is the key that it begins in. */
export function spansIn(spans: readonly KeySpan[], { start, length }: TimeWindow): KeySpan[] {
  return spans.filter(
    ({ time }, index) => time < start + length && (spans[index + 1]?.time ?? Infinity) > start,
  );
}

const MOST_CHANGES = 3;

/** "A minor, C major from 1:12, and 2 more changes". */
export function keyWords(spans: readonly KeySpan[]): string {
  const [first, ...changes] = spans;
  const said = changes.slice(0, MOST_CHANGES).map(({ time, name }) => `${name} from ${formatDuration(time)}`);
  const more = changes.length - MOST_CHANGES;
  if (more > 0) said.push(`and ${more} more ${more === 1 ? "change" : "changes"} of key`);
  return [...(first ? [first.name] : []), ...said].join(", ");
}
