/**
 * Tags as they stand in the file, by music-metadata. It reads through our one handle, bounded in bytes and
 * reads, because tags can claim any length; whatever goes wrong in it leaves the tags null.
 */
import type { ICommonTagsResult, IOptions } from "music-metadata";
import type { Tags } from "../shared/analysis";
import type { FileSource } from "./FileSource";
import { ID3_HEADER_BYTES, id3Header, limitFrames, limitTag } from "./id3Limit";

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_READS = 50_000;
/** The parser compares each value with all before it: fifty thousand, a third of a megabyte, would take a minute. */
const MAX_VALUES = 2000;
/** UTF-16 units of all values: with each artist all those before it are joined anew. */
const MAX_ALL_TEXT = 1_000_000;

type Observer = NonNullable<IOptions["observer"]>;

/** In UTF-16 units; every result is held in memory and shown. */
const MAX_TEXT = 16_384;
const MAX_LIST = 100;
/** Above it a number is no track's and no year's. */
const MAX_COUNT = 999_999;

const MIME_TYPES: Partial<Record<string, string>> = {
  WAVE: "audio/wav",
  FLAC: "audio/flac",
  MPEG: "audio/mpeg",
  Ogg: "audio/ogg",
  MP4: "audio/mp4",
  QuickTime: "audio/mp4",
  // Their own tags are those of AAC: ID3 before and behind, APE behind.
  TTA: "audio/aac",
  "AC-3": "audio/aac",
};

/** The file's tags, or null when they can't be read. `container` is null when it is not known. */
export async function readTags(source: FileSource, container: string | null): Promise<Tags | null> {
  const type = container === null ? "" : (MIME_TYPES[container] ?? "");
  const limit = new ValueLimit();
  const { parseBlob } = await import("music-metadata");
  try {
    const blob = new BoundedBlob(source, type) as unknown as Blob;
    const { common } = await parseBlob(blob, {
      duration: false,
      skipCovers: true,
      observer: (update) => {
        limit.count(update);
      },
    });
    return tagsOf(common);
  } catch {
    if (limit.tags !== null) return limit.tags;
    // The parser throws for all that it does not like, by many classes of error; the audio decides the rest.
    return null;
  }
}

function tagsOf(common: ICommonTagsResult): Tags {
  return {
    title: text(common.title),
    artist: text(common.artist),
    album: text(common.album),
    albumArtist: text(common.albumartist),
    trackNumber: count(common.track.no),
    year: count(common.year) ?? yearOf(common.date),
    genre: (common.genre ?? [])
      .slice(0, MAX_LIST)
      .map(text)
      .filter((genre) => genre !== null),
    comment: commentOf(common),
    tempo: number(common.bpm),
    key: text(common.key),
    replayGainTrack: number(common.replaygain_track_gain?.dB),
    replayGainAlbum: number(common.replaygain_album_gain?.dB),
  };
}

function text(value: unknown): string | null {
  if (typeof value !== "string") return null;
  // A cut may fall between the halves of one character.
  const cut = value.length > MAX_TEXT ? value.slice(0, MAX_TEXT).replace(/[\uD800-\uDBFF]$/, "") : value;
  const trimmed = cut.replaceAll("\0", "").trim();
  return trimmed === "" ? null : trimmed;
}

function count(value: unknown): number | null {
  const found = number(value);
  return found !== null && Math.abs(found) <= MAX_COUNT ? found : null;
}

function number(value: unknown): number | null {
  const found = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof found === "number" && Number.isFinite(found) ? found : null;
}

function yearOf(date: string | undefined): number | null {
  const year = /\d{4}/.exec(date ?? "")?.[0];
  return year === undefined ? null : Number(year);
}

/** The first comment that a person may have written: programs keep their own numbers in named ones. */
function commentOf(common: ICommonTagsResult): string | null {
  const comments = common.comment ?? [];
  const plain = comments.find(({ descriptor }) => !descriptor?.startsWith("iTun"));
  return text(plain?.text);
}

/** Ends the parser once there are more values, or more text in them, than any file needs. */
class ValueLimit {
  /** What was read up to the limit; null while it is not reached. */
  tags: Tags | null = null;
  #values = 0;
  #text = 0;

  count({ metadata: { common }, tag }: Parameters<Observer>[0]): void {
    if (typeof tag.value === "string") this.#text += tag.value.length;
    if (++this.#values <= MAX_VALUES && this.#text <= MAX_ALL_TEXT) return;
    this.tags ??= tagsOf(common);
    // The values of one ID3 frame come on in spite of the error: there must be none to compare them with.
    Object.assign(common, { [tag.id]: [] });
    throw new Error("There are too many tags.");
  }
}

/** As much of a Blob as music-metadata uses, over a file. */
class BoundedBlob {
  readonly size: number;
  readonly type: string;
  readonly #source: FileSource;
  #bytesLeft = MAX_BYTES;
  #readsLeft = MAX_READS;
  /** Of the tag whose header was read, until its frames are. */
  #frames: { version: number; end: number } | null = null;

  constructor(source: FileSource, type: string) {
    this.#source = source;
    this.size = source.size;
    this.type = type;
  }

  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> } {
    return { arrayBuffer: () => this.#read(start, end - start) };
  }

  async #read(position: number, length: number): Promise<ArrayBuffer> {
    this.#bytesLeft -= length;
    this.#readsLeft--;
    if (this.#bytesLeft < 0 || this.#readsLeft < 0) throw new Error("The tags are too long to be read.");
    const bytes = await this.#source.read(position, length);
    if (length === BOX_HEADER_BYTES) hideTrack(bytes);
    this.#limitId3(position, bytes);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  }

  /** The parser reads a tag's header by itself and then all its frames, or both at once where they are a chunk. */
  #limitId3(position: number, bytes: Uint8Array): void {
    const header = id3Header(bytes);
    const pending = this.#frames;
    if (header && bytes.length > ID3_HEADER_BYTES) limitTag(bytes, header);
    else if (header) this.#frames = { version: header.version, end: position + bytes.length + header.size };
    else if (pending && bytes.length > ID3_HEADER_BYTES) {
      // An extended header is short, and read by itself.
      this.#frames = null;
      if (position < pending.end) limitFrames(bytes, pending.version);
    }
  }
}

const BOX_HEADER_BYTES = 8;
const TRACK = "trak";
const UNUSED_SPACE = "free";

/**
 * The parser keeps the index of every track of an MP4 file in memory, 59 MB for ten hours, to describe the sound.
 * Headers of boxes are read by themselves: the one of a track's index is made to look like unused space.
 */
function hideTrack(header: Uint8Array): void {
  if (String.fromCharCode(...header.subarray(4)) !== TRACK) return;
  for (let i = 0; i < UNUSED_SPACE.length; i++) header[4 + i] = UNUSED_SPACE.charCodeAt(i);
}
