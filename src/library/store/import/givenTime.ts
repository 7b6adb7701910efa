/** Times as the earlier program wrote them: mostly local without a zone, which nothing can be made of here. */
import type { GivenTime } from "./EarlierTrack";

/** What SQLite writes by itself, in UTC; Python's own times have a "T" or a fraction. */
const STAMP = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;
const WITH_ZONE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;
const MAX_TEXT = 64;

/** `isStamped`: its column is filled by SQLite. Null for what is no text. */
export function givenTime(value: unknown, isStamped = false): GivenTime | null {
  if (typeof value !== "string" || value.trim() === "" || value.length > MAX_TEXT) return null;
  const text = value.trim();
  const stamp = isStamped ? STAMP.exec(text) : null;
  if (stamp) return { text, utc: toIso(`${stamp[1] ?? ""}T${stamp[2] ?? ""}Z`) };
  return { text, utc: WITH_ZONE.test(text) ? toIso(text) : null };
}

function toIso(text: string): string | null {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
