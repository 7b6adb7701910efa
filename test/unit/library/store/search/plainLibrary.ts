/**
 * A library as a list of rows, with what the store promises of its changes and of the order of what is found: nothing of it
 * is shared with the store, so that the two can be compared.
 */
import type { Cell, Operation } from "../../../../../src/library/store/operations";

export type PlainRow = Readonly<Record<string, Cell>> & { id: number; path: string };

/** Without these no track is kept. */
const NEEDED = ["path", "folder", "state", "warnings", "missing", "groups"];

export class PlainLibrary {
  rows: readonly PlainRow[] = [];

  /** All of them, or none: then false. */
  change(operations: readonly Operation[]): boolean {
    const before = this.rows;
    const isDone = operations.every((operation) => this.#one(operation));
    if (!isDone) this.rows = before;
    return isDone;
  }

  #one(operation: Operation): boolean {
    const cells = operation.kind === "put" ? operation.row : operation.key;
    const found = this.rows.find((row) =>
      typeof cells["id"] === "number" ? row.id === cells["id"] : row.path === cells["path"],
    );
    const others = this.rows.filter((row) => row !== found);
    if (operation.kind === "delete") {
      this.rows = others;
      return true;
    }
    const id = found?.id ?? cells["id"] ?? this.#nextId();
    const row = { ...found, ...cells, id } as PlainRow;
    if (NEEDED.some((name) => typeof row[name] !== "string")) return false;
    if (others.some(({ path }) => path === row.path)) return false;
    this.rows = [...others, row];
    return true;
  }

  #nextId(): number {
    return this.rows.length === 0 ? 1 : 1 + Math.max(...this.rows.map(({ id }) => id));
  }
}

/** A sort key: of a row, a number or a text, which are compared as they are; null is last in both directions. */
export interface PlainKey {
  valueOf: (row: PlainRow) => number | string | null;
  isDescending: boolean;
}

export function inPlainOrder(rows: readonly PlainRow[], keys: readonly PlainKey[]): PlainRow[] {
  return [...rows].sort((a, b) => {
    for (const { valueOf, isDescending } of keys) {
      const [first, second] = [valueOf(a), valueOf(b)];
      if (first === second) continue;
      if (first === null) return 1;
      if (second === null) return -1;
      return first < second === isDescending ? 1 : -1;
    }
    return byPath(a, b);
  });
}

function byPath(a: PlainRow, b: PlainRow): number {
  const [first, second] = [withoutCase(a.path), withoutCase(b.path)];
  return first === second ? a.id - b.id : first < second ? -1 : 1;
}

/** As SQLite's NOCASE takes a text: only the 26 letters of ASCII have two cases. */
export function withoutCase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The words of a text as full-text search sees them. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}
