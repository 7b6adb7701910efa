/** "Did you mean …?": the known name that a mistyped one is nearest to. */

/** `Did you mean "bpm"?` with a space before it, or nothing when no name is near. */
export function didYouMean(typed: string, names: Iterable<string>): string {
  const nearest = nearestName(typed.toLowerCase(), names);
  return nearest === null ? "" : ` Did you mean "${nearest}"?`;
}

function nearestName(typed: string, names: Iterable<string>): string | null {
  let best: string | null = null;
  // In a short word every second letter would be a slip.
  let bestDistance = typed.length <= 3 ? 1.5 : typed.length <= 6 ? 2.5 : 3.5;
  for (const name of names) {
    const isBeginning = typed.length >= 3 && name.startsWith(typed);
    const distance = isBeginning ? 1 : editDistance(typed, name);
    if (distance >= bestDistance) continue;
    best = name;
    bestDistance = distance;
  }
  return best;
}

/** Letters to change, add, leave out, or swap with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
