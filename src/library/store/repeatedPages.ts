/**
 * Whether the pages of a database lead to each page once. In a file made for it they lead to the same pages over and
 * over: SQLite would read on for years, can't be stopped, and does not look by itself.
 */
const HEADER_BYTES = 100;
const PAGE_SIZE_AT = 16;
const [INTERIOR_OF_INDEX, INTERIOR_OF_TABLE] = [2, 5];
/** In a page of pages: its number of cells, the last page it leads to, and where the places of its cells begin. */
const [CELLS_AT, LAST_AT, PLACES_AT] = [3, 8, 12];

/**
 * Where in the file's bytes a page is named that was led to before, going out from these pages (1 has the layout,
 * the others are its `rootpage`s).
 */
export function repeatedPages(bytes: Uint8Array, roots: readonly number[]): number[] {
  const size = pageSizeOf(bytes);
  if (size === null) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const pages = Math.floor(bytes.length / size);
  const seen = new Uint8Array(pages + 1);
  const repeated: number[] = [];
  const next: number[] = [];
  for (const root of roots) {
    if (isPage(root, pages) && !seen[root]) next.push(root);
    seen[root] = 1;
  }
  for (let page = next.pop(); page !== undefined; page = next.pop()) {
    for (const at of namesIn(view, page, size)) {
      const child = view.getUint32(at);
      // SQLite itself refuses a page that there is not.
      if (!isPage(child, pages)) continue;
      if (seen[child]) repeated.push(at);
      else next.push(child);
      seen[child] = 1;
    }
  }
  return repeated;
}

function pageSizeOf(bytes: Uint8Array): number | null {
  if (bytes.length < HEADER_BYTES) return null;
  const said = ((bytes[PAGE_SIZE_AT] ?? 0) << 8) | (bytes[PAGE_SIZE_AT + 1] ?? 0);
  const size = said === 1 ? 65536 : said;
  return size >= 512 && (size & (size - 1)) === 0 ? size : null;
}

function isPage(number: number, pages: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= pages;
}

/** Where a page names others; nowhere in one that has rows. */
function* namesIn(view: DataView, page: number, size: number): Generator<number> {
  const start = (page - 1) * size;
  const header = page === 1 ? start + HEADER_BYTES : start;
  const type = view.getUint8(header);
  if (type !== INTERIOR_OF_INDEX && type !== INTERIOR_OF_TABLE) return;
  const room = Math.floor((start + size - header - PLACES_AT) / 2);
  const cells = Math.min(room, view.getUint16(header + CELLS_AT));
  for (let i = 0; i < cells; i++) {
    const place = view.getUint16(header + PLACES_AT + 2 * i) & (size - 1);
    if (place <= size - 4) yield start + place;
  }
  yield header + LAST_AT;
}
