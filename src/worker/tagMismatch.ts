/**
 * Warns where a tempo or key that somebody wrote into the file clearly contradicts what was measured. Only what is
 * certain warns: a wrong warning costs more than a missed one, and many a tag differs by custom (half the tempo, the
 * relative key).
 */
import { camelotName, openKeyName } from "../shared/keyNames";
import { KEY_NAMES } from "../shared/analysis";
import type { AnalysisWarning, KeyName, Mode, RhythmResult, Tags, TonalResult } from "../shared/analysis";
import { formatNumber } from "../shared/format";
import { tonicName } from "./tonicName";

/** Measured values below these (0–1) contradict nothing. */
const LEAST_CONFIDENCE = 0.8;
const LEAST_STRENGTH = 0.9;
/** As in tempo's accuracy measures. */
const TOLERANCE = 0.04;
/** Ways to count the same music, and each turned over. */
const SAME_MUSIC = [1, 2, 3, 4, 3 / 2, 4 / 3];
/** BPM: tags beyond are no tempo (0 stands for none). */
const TAGGED_TEMPO = [20, 500] as const;

/** What the tags say against the measurements; none where either is missing, uncertain or not understood. */
export function tagMismatches(
  tags: Pick<Tags, "tempo" | "key"> | null,
  { rhythm, tonal }: { rhythm: RhythmResult; tonal: TonalResult },
): AnalysisWarning[] {
  const messages = [tempoMismatch(tags?.tempo ?? null, rhythm), keyMismatch(tags?.key ?? null, tonal)];
  return messages.flatMap((message) => (message === null ? [] : [{ code: "tagMismatch", message }]));
}

function tempoMismatch(tag: number | null, { tempo, confidence, stability }: RhythmResult): string | null {
  if (tag === null || tag < TAGGED_TEMPO[0] || tag > TAGGED_TEMPO[1]) return null;
  if (tempo === null || (confidence ?? 0) < LEAST_CONFIDENCE || stability !== "steady") return null;
  const isSame = SAME_MUSIC.some((times) =>
    [tempo * times, tempo / times].some((same) => Math.abs(tag / same - 1) <= TOLERANCE),
  );
  if (isSame) return null;
  const [said, measured] = [tag, tempo].map((bpm) => `${formatNumber(bpm, 1)} BPM`);
  return `The tempo tag says ${said}, measured are ${measured}. Correct the tag if it is wrong.`;
}

function keyMismatch(tag: string | null, { key, mode, strength, keyChanges }: TonalResult): string | null {
  const tagged = tag === null ? null : keyOfTag(tag);
  if (tag === null || tagged === null || key === null || mode === null) return null;
  if ((strength ?? 0) < LEAST_STRENGTH) return null;
  const heard = [{ key, mode }, ...(keyChanges ?? [])];
  if (heard.some((one) => goTogether(tagged, one))) return null;
  return `The key tag says ${tag}, measured is ${key} ${mode}. Correct the tag if it is wrong.`;
}

interface TaggedKey {
  key: KeyName;
  /** Null where the tag has a note only: then it may be either. */
  mode: Mode | null;
}

/** "C#m", "Db minor", "F", "8A" (Camelot) and "1m" (Open Key) are understood; others are null. */
export function keyOfTag(tag: string): TaggedKey | null {
  const text = tag.trim();
  const number = /^0?(\d{1,2}[ABdm])$/.exec(text)?.[1];
  if (number !== undefined) return ALL_KEYS.find((one) => namesOf(one).includes(number)) ?? null;
  const [, note = "", word = ""] = /^([A-Ga-g][#b♯♭]?)[\s_-]*([A-Za-z]*)$/.exec(text) ?? [];
  const key = tonicName(note);
  if (key === null) return null;
  if (word === "") return { key, mode: null };
  const mode = MODE_WORDS[word === "M" ? "major" : word.toLowerCase()];
  return mode === undefined ? null : { key, mode };
}

const MODE_WORDS: Readonly<Record<string, Mode>> = {
  ...{ m: "minor", min: "minor", minor: "minor", moll: "minor" },
  ...{ maj: "major", major: "major", dur: "major" },
};

const ALL_KEYS = KEY_NAMES.flatMap((key) => (["major", "minor"] as const).map((mode) => ({ key, mode })));

function namesOf({ key, mode }: { key: KeyName; mode: Mode }): string[] {
  return [camelotName(key, mode), openKeyName(key, mode)];
}

/** The same key, or one with the same notes. */
function goTogether(tagged: TaggedKey, { key, mode }: { key: KeyName; mode: Mode }): boolean {
  const modes = tagged.mode === null ? (["major", "minor"] as const) : [tagged.mode];
  return modes.some(
    (one) =>
      (one === mode && tagged.key === key) ||
      // Keys with the same notes have the same number.
      (one !== mode &&
        Number.parseInt(camelotName(tagged.key, one)) === Number.parseInt(camelotName(key, mode))),
  );
}
