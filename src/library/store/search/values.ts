/**
 * Numbers, lengths, units and dates as people write them, each as the stretch of values it stands for: "124" is
 * all that rounds to 124. Ends of ranges and comparisons are taken as numbers are shown, so that a track shown
 * with 128.0 is in 120-128.
 */

/** From the first value up to, and not with, the second. */
export interface Interval {
  from: number;
  to: number;
}

interface Unit {
  /** What may follow a number, in small letters, with what it is multiplied by. */
  suffixes: Readonly<Record<string, number>>;
  /** For a number without a suffix, and the unit in which numbers are shown. */
  bare: number;
}

const LEVEL: Unit = { suffixes: { db: 1, lufs: 1, lu: 1, dbfs: 1, dbtp: 1 }, bare: 1 };
const UNITS: Readonly<Record<string, Unit>> = {
  BPM: { suffixes: { bpm: 1 }, bare: 1 },
  ...Object.fromEntries(["LUFS", "LU", "dB", "dBFS", "dBTP"].map((name) => [name, LEVEL])),
  Hz: { suffixes: { hz: 1, k: 1000, khz: 1000 }, bare: 1 },
  s: { suffixes: { s: 1, ms: 0.001, m: 60, min: 60, h: 3600 }, bare: 1 },
  "1/s": { suffixes: { "1/s": 1, "/s": 1 }, bare: 1 },
  "bit/s": { suffixes: { k: 1000, kbps: 1000, "kbit/s": 1000, "bit/s": 1 }, bare: 1000 },
  bytes: { suffixes: { b: 1, k: 1e3, kb: 1e3, m: 1e6, mb: 1e6, g: 1e9, gb: 1e9 }, bare: 1e6 },
};
const PLAIN: Unit = { suffixes: {}, bare: 1 };

const NUMBER = /^([-+]?)(\d+\.?\d*|\.\d+)([a-z/]*)$/;
const CLOCK = /^(?:(\d+):)?(\d{1,2}):(\d{2}(?:\.\d+)?)$/;
const LENGTH = /^(?=\d)(?:(\d+)h)?(?:(\d+)m(?:in)?)?(?:(\d+(?:\.\d+)?)s)?$/;
const DECADE = /^(\d{3})0s$/;
const DATE = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;

export interface Measure {
  unit: string;
  /** Decimals shown. */
  decimals: number;
}

/** What a number stands for alone (`exact`) and as an end of a range or in a comparison; null when it is none. */
export function readNumber(text: string, measure: Measure): { exact: Interval; end: Interval } | null {
  const unit = UNITS[measure.unit] ?? PLAIN;
  const plain = text.trim().toLowerCase().replace("−", "-").replaceAll(/\s/g, "");
  const read = (measure.unit === "s" && readLength(plain)) || readPlain(plain, unit);
  if (!read) return null;
  const { value, factor, decimals } = read;
  const shown = unit.bare * 10 ** -measure.decimals;
  return {
    exact: around(value, factor * 10 ** -decimals),
    end: around(value, Math.min(shown, factor * 10 ** -decimals)),
  };
}

/** A year, or a decade ("1990s"). */
export function readYear(text: string): Interval | null {
  const decade = DECADE.exec(text.trim().toLowerCase());
  if (decade) return { from: Number(decade[1]) * 10, to: Number(decade[1]) * 10 + 10 };
  return /^\d{1,4}$/.test(text.trim()) ? { from: Number(text), to: Number(text) + 1 } : null;
}

/** A year, month or day of the local calendar, in ms since 1970; null when there is no such day. */
export function readDate(text: string): Interval | null {
  const [, year, month, day] = DATE.exec(text.trim()) ?? [];
  if (year === undefined) return null;
  const [y, m, d] = [Number(year), Number(month ?? 1), Number(day ?? 1)];
  const from = new Date(y, m - 1, d);
  if (from.getFullYear() !== y || from.getMonth() !== m - 1) return null;
  const to =
    month === undefined ? new Date(y + 1, 0) : day === undefined ? new Date(y, m) : new Date(y, m - 1, d + 1);
  return { from: from.getTime(), to: to.getTime() };
}

interface Read {
  value: number;
  /** What one of the number's own units is worth. */
  factor: number;
  decimals: number;
}

function readPlain(text: string, unit: Unit): Read | null {
  const [, sign, digits, suffix = ""] = NUMBER.exec(text) ?? [];
  if (digits === undefined) return null;
  const factor =
    suffix === "" ? unit.bare : Object.hasOwn(unit.suffixes, suffix) ? unit.suffixes[suffix] : undefined;
  if (factor === undefined) return null;
  const value = Number(digits) * factor * (sign === "-" ? -1 : 1);
  return Number.isFinite(value) ? { value, factor, decimals: decimalsOf(digits) } : null;
}

/** "5:00", "1:02:03", "3m30s"; one unit alone is left to {@link readPlain}. */
function readLength(text: string): Read | null {
  const [, hours, minutes, seconds] = CLOCK.exec(text) ?? LENGTH.exec(text) ?? [];
  const given = [hours, minutes, seconds].filter((part) => part !== undefined);
  if (given.length < 2) return null;
  const value = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return { value, factor: seconds === undefined ? 60 : 1, decimals: decimalsOf(seconds ?? "") };
}

function decimalsOf(digits: string): number {
  const dot = digits.indexOf(".");
  return dot < 0 ? 0 : digits.length - dot - 1;
}

function around(value: number, width: number): Interval {
  return { from: value - width / 2, to: value + width / 2 };
}
