/** All kinds of music that are invented. */
import { BANDS } from "./genres/bands";
import { CLASSICAL } from "./genres/classical";
import { DANCES } from "./genres/dances";
import { ELECTRONIC } from "./genres/electronic";
import type { Genre } from "./genres/genre";
import { LOOPS } from "./genres/loops";

export const GENRES: readonly Genre[] = [...CLASSICAL, ...DANCES, ...BANDS, ...ELECTRONIC, ...LOOPS];
