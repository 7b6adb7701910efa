/** Which key the music is in at which time, in words. */
import type { TonalResult } from "../../shared/analysis";
import { formatDuration } from "../../shared/format";
import type { TimeWindow } from "./timeWindow";

/** From `time` (s) on; `name` null where the key is not known. */
export interface KeySpan {
  time: number;
  name: string | null;
}

/** All keys of a file in order of time, the first from its start. */
export function keySpans({ key, mode, keyChanges }: TonalResult): KeySpan[] {
  if (key === null || mode === null) return [];
  const changes = keyChanges ?? [];
  // The key that lasts longest: where the music never changes into it, it is there from the start.
  const isFirst = !changes.some((change) => change.key === key && change.mode === mode);
  return [
    { time: 0, name: isFirst ? `${key} ${mode}` : null },
    ...changes.map((change) => ({ time: change.time, name: `${change.key} ${change.mode}` })),
  ];
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
  const said = changes
    .slice(0, MOST_CHANGES)
    .map(({ time, name }) => `${name ?? ""} from ${formatDuration(time)}`);
  const more = changes.length - MOST_CHANGES;
  if (more > 0) said.push(`and ${more} more ${more === 1 ? "change" : "changes"} of key`);
  return [...(first?.name ? [first.name] : []), ...said].join(", ");
}
