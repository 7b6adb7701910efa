/**
 * Keys as people write them: Camelot ("8A"), Open Key ("1m") or by name ("A minor", "Am", "C#", "Db major"). All
 * become Camelot names, in which what fits together stands side by side.
 */
import { KEY_NAMES } from "../../../shared/analysis";

const CAMELOT = /^0?([1-9]|1[0-2])([ab])?$/i;
const OPEN_KEY = /^0?([1-9]|1[0-2])([md])$/i;
const NAMED = /^([a-g])(#|b)?[ -]?(m|min|minor|maj|major)?$/i;

/** The Camelot names that a text stands for ("8" is 8A and 8B), or null when it is no key. */
export function readKey(text: string): string[] | null {
  const plain = text.trim().replace("♯", "#").replace("♭", "b");
  const camelot = CAMELOT.exec(plain);
  if (camelot) {
    const [, number = "", letter] = camelot;
    return letter === undefined ? [`${number}A`, `${number}B`] : [number + letter.toUpperCase()];
  }
  const open = OPEN_KEY.exec(plain);
  if (open) return [camelotName(Number(open[1]) + 7, open[2]?.toLowerCase() === "m")];
  const named = NAMED.exec(plain);
  return named && [camelotOf(named)];
}

/** Keys that mix well with one: itself, its neighbours round the circle, and its relative. */
export function harmonicKeys(camelot: string): string[] {
  const number = Number.parseInt(camelot, 10);
  const isMinor = camelot.endsWith("A");
  return [
    camelotName(number, isMinor),
    camelotName(number - 1, isMinor),
    camelotName(number + 1, isMinor),
    camelotName(number, !isMinor),
  ];
}

function camelotOf([, letter = "", sign, mode = ""]: readonly string[]): string {
  const natural = KEY_NAMES.findIndex((name) => name === letter.toUpperCase());
  const tonic = natural + (sign === "#" ? 1 : sign === undefined ? 0 : -1);
  const isMinor = /^(m|min|minor)$/i.test(mode);
  // C major is 8B; each fifth up is one more. A minor key stands with the major key of its notes.
  return camelotName(8 + 7 * (tonic + (isMinor ? 3 : 0)), isMinor);
}

/** Any whole number, counted round the circle. */
function camelotName(number: number, isMinor: boolean): string {
  const hour = ((((number - 1) % 12) + 12) % 12) + 1;
  return `${hour}${isMinor ? "A" : "B"}`;
}
