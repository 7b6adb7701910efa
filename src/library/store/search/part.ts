/**
 * Hoare's selection: parts items by the one that an order would have at a place, in a few looks at each of them, where
 * sorting would take seventeen.
 */
export type Compare = (a: number, b: number) => number;

/** Where in what is left the next pivot lies: in the middle at first, then here and there, so that no usual order is a bad one. */
const FIRST_PIVOT = 0.5;
const NEXT_PIVOT = (Math.sqrt(5) - 1) / 2;

/** After as many looks what is left is sorted: an unlucky order would take the square of the items. */
const MOST_ROUNDS = 50;

/** The item of place `wanted` comes there, smaller ones before it, larger ones behind it; `from` to `to`, both with them. */
export function part(items: Int32Array, from: number, to: number, wanted: number, compare: Compare): void {
  for (let round = 0; from < to; round++) {
    if (round === MOST_ROUNDS) {
      items.subarray(from, to + 1).sort(compare);
      return;
    }
    const share = (FIRST_PIVOT + round * NEXT_PIVOT) % 1;
    const pivot = items[from + Math.floor((to - from) * share)] ?? 0;
    const [low, high] = parted(items, from, to, (item) => compare(item, pivot));
    if (wanted <= high) to = high;
    else if (wanted >= low) from = low;
    else return;
  }
}

/** Where what is not smaller than the pivot begins, and where what is not larger ends. */
function parted(
  items: Int32Array,
  from: number,
  to: number,
  compare: (item: number) => number,
): [number, number] {
  let [low, high] = [from, to];
  while (low <= high) {
    while (compare(items[low] ?? 0) < 0) low++;
    while (compare(items[high] ?? 0) > 0) high--;
    if (low > high) break;
    const item = items[low] ?? 0;
    items[low++] = items[high] ?? 0;
    items[high--] = item;
  }
  return [low, high];
}
