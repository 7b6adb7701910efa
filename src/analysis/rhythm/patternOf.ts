/** Rows of values, one a beat. */

/** Beats apart at which the row is compared with itself. */
const BEATS_APART = [1, 2, 3, 4] as const;

/** How like the row is to itself so many beats later, and how much its values differ: bars show in it. */
export function patternOf(row: readonly number[]): number[] {
  const middle = row.reduce((sum, value) => sum + value, 0) / Math.max(1, row.length);
  const power = row.reduce((sum, value) => sum + (value - middle) * (value - middle), 1e-6);
  const likeness = BEATS_APART.map((apart) => {
    let sum = 0;
    for (let i = apart; i < row.length; i++)
      sum += ((row[i] ?? 0) - middle) * ((row[i - apart] ?? 0) - middle);
    return sum / power;
  });
  return [...likeness, Math.sqrt(power / Math.max(1, row.length)) / (middle + 1e-3)];
}

/** The curve's highest value within `reach` frames of a place. */
export function highestNear(values: Float32Array, at: number, reach: number): number {
  let most = 0;
  const last = Math.min(values.length - 1, Math.round(at + reach));
  for (let i = Math.max(0, Math.round(at - reach)); i <= last; i++)
    most = Math.max(most, values[i] as number);
  return most;
}
