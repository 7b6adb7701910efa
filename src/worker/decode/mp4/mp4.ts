/**
 * MP4 and QuickTime files with sound (M4A, M4B, MP4, MOV): the index says where each piece lies, the codec's
 * decoder takes them one by one. An encoder's silence is left out as the edit list says, or iTunes' note.
 */
import { AudioFailure } from "../../AudioFailure";
import type { FileSource } from "../../FileSource";
import { BlockBuffer } from "../BlockBuffer";
import { fragmentUnits } from "./fragments";
import { readMovie, type AudioTrack, type Movie } from "./movie";
import { pcmKindOf } from "./pcmTrack";
import { hasSamples, tableDuration, tableUnits, type AccessUnit, type UnitAccount } from "./sampleTable";
import { Timeline } from "./Timeline";
import { isDecodable, openTrackDecoder } from "./trackDecoder";
import { FAAD2, FLAC, OPUS, OWN } from "../decoderSources";
import { Account, type AudioBlock, type AudioDecoder, type DecodedStream } from "../stream";
import type { UnitDecoder } from "../unitDecoder";

/** A larger unit than any codec's is a broken table. */
const MAX_UNIT_BYTES = 4 * 1024 * 1024;

export const mp4: AudioDecoder = {
  id: "mp4",
  signatures: [
    [{ text: "ftyp", at: 4 }],
    // QuickTime files older than the box of types.
    [{ text: "moov", at: 4 }],
    [{ text: "mdat", at: 4 }],
    [{ text: "wide", at: 4 }],
    [{ text: "pnot", at: 4 }],
  ],
  // Positions in MP4 are counted from the beginning of the file.
  startsFile: true,
  decoders: [FAAD2, FLAC, OPUS, OWN],
  async open(source): Promise<DecodedStream> {
    const movie = await readMovie(source);
    if (!movie) {
      throw new AudioFailure(
        "corrupt",
        "The file's index is missing, so its sound can't be found: it was cut off, or never finished. Copy or download it again.",
      );
    }
    const track = chooseTrack(movie);
    const decoder = await openTrackDecoder(source, track, () => unitsOf(source, movie, track, null));
    const stream = new Mp4Stream(source, movie, track, decoder);
    await stream.notePromise();
    const { codec, lossless, sampleRate, channels, bitDepth } = decoder;
    const container = movie.brand === "qt  " || movie.brand === null ? "QuickTime" : "MP4";
    return {
      format: { container, codec, lossless, sampleRate, channels, bitDepth },
      blocks: () => stream.blocks(),
      summary: () => stream.account.summary(),
      close: () => {
        decoder.close?.();
      },
    };
  },
};

function chooseTrack({ audio, hasVideo }: Movie): AudioTrack {
  // Films may have the same sound in several codecs.
  const track =
    audio.find(({ entry }) => isDecodable(entry)) ??
    audio.find(({ entry }) => !entry.isProtected) ??
    audio[0];
  if (!track) {
    throw hasVideo
      ? new AudioFailure("notAudio", "This is a film without sound. Remove it or choose another file.")
      : new AudioFailure("corrupt", "The file's index names no sound. Copy or download it again.");
  }
  if (track.entry.isProtected) {
    throw new AudioFailure(
      "drm",
      "The file is protected by copy protection and can't be decoded. Get a copy without protection.",
    );
  }
  return track;
}

/** The track's units, from the index or from fragments, in the order they are to be decoded. */
async function* unitsOf(
  source: FileSource,
  movie: Movie,
  track: AudioTrack,
  account: UnitAccount | null,
): AsyncGenerator<AccessUnit> {
  const noted = account ?? { endsEarly: false };
  if (await hasSamples(source, track.table))
    yield* tableUnits(source, track.table, noted, frameBytesOf(track));
  const defaults = movie.fragments?.find(({ trackId }) => trackId === track.id);
  if (defaults) yield* fragmentUnits(source, movie.end, defaults, noted);
}

/** PCM lies in the file frame by frame, which would be far too small units. */
function frameBytesOf({ entry }: AudioTrack): number | null {
  const kind = pcmKindOf(entry);
  return kind && entry.channels * kind.bytesPerSample;
}

class Mp4Stream {
  readonly account: Account;
  readonly #source: FileSource;
  readonly #movie: Movie;
  readonly #track: AudioTrack;
  readonly #decoder: UnitDecoder;
  readonly #buffer: BlockBuffer;
  readonly #timeline: Timeline;
  #unit = new Uint8Array(64 * 1024);

  constructor(source: FileSource, movie: Movie, track: AudioTrack, decoder: UnitDecoder) {
    this.#source = source;
    this.#movie = movie;
    this.#track = track;
    this.#decoder = decoder;
    this.account = new Account(decoder.sampleRate);
    this.#buffer = new BlockBuffer(decoder.channels);
    this.#timeline = new Timeline(movie, track, decoder);
  }

  /** What the table says; fragments say nothing of those that come after them. */
  async notePromise(): Promise<void> {
    const total = this.#timeline.framesOf(await tableDuration(this.#source, this.#track.table));
    this.account.promisedSamples = total > 0 ? total : null;
  }

  async *blocks(): AsyncGenerator<AudioBlock> {
    // Broken tables may name the same bytes over and over.
    let bytesLeft = 2 * this.#source.size;
    for await (const unit of unitsOf(this.#source, this.#movie, this.#track, this.account)) {
      if (this.#timeline.isOver(unit)) break;
      if (this.#timeline.isTooEarly(unit)) continue;
      bytesLeft -= unit.size;
      if (bytesLeft < 0) {
        this.account.noteDamage();
        break;
      }
      await this.#decode(unit);
      if (this.#buffer.isFull) yield* this.#buffer.take();
    }
    yield* this.#buffer.take();
    this.#settlePromise();
  }

  async #decode(unit: AccessUnit): Promise<void> {
    const { account } = this;
    const isCut = unit.position + unit.size > this.#source.size;
    const bytes = isCut || unit.size > MAX_UNIT_BYTES ? null : await this.#read(unit);
    const decoded = bytes && (await this.#decoder.decode(bytes));
    const skipped = this.#timeline.framesBefore(unit);
    if (decoded) {
      account.audioBytes += unit.size;
      const { samples, layout, length, factor } = decoded;
      const kept = Math.max(0, length - skipped);
      const start = layout.start + (length - kept) * layout.sampleStep;
      this.#buffer.add(samples, kept, { ...layout, start }, factor);
      account.decodedSamples += kept;
      return;
    }
    account.lostSamples += Math.max(0, this.#timeline.frames(unit.duration) - skipped);
    if (isCut) account.endsEarly = true;
    else account.noteDamage();
  }

  /** The unit's bytes, without copying where they lie together; null when the file has become shorter. */
  async #read({ position, size }: AccessUnit): Promise<Uint8Array | null> {
    await this.#source.readUpTo(position);
    const chunk = await this.#source.chunkAt(position);
    if (chunk.length >= size) return chunk.subarray(0, size);
    if (this.#unit.length < size) this.#unit = new Uint8Array(2 * size);
    const bytes = this.#unit.subarray(0, size);
    return (await this.#source.fill(position, bytes)) === size ? bytes : null;
  }

  /** Where all is well, what was decoded is what was promised: tables round, and codecs have whole frames. */
  #settlePromise(): void {
    const { account } = this;
    const known = account.decodedSamples + account.lostSamples;
    if (!account.endsEarly) account.promisedSamples = known;
    else if (account.promisedSamples !== null)
      account.promisedSamples = Math.max(known, account.promisedSamples);
    else account.lostSamples = 0;
  }
}
