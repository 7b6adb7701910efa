/** What a codec must do to be read out of containers that cut their own packets: what Ogg asks of one fits here. */
import type { OggCodecStream } from "./ogg/oggCodec";

export interface TrackCodec extends Omit<OggCodecStream, "trimsStart"> {
  /** Frames that could not be decoded so far, where the codec tells. */
  brokenFrames?: number;
}
