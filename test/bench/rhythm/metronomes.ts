/** Clicks and chords under clicks at all rates at which onset curves are made: their tempo leaves no room for doubt. */
import { OnsetCurves } from "../../../src/analysis/rhythm/OnsetCurves";
import { addClick, clickTrack } from "../../fixtures/sound/clicks";
import { seededRandom } from "../../fixtures/sound/random";
import { chord } from "../../fixtures/sound/tones";
import type { Example } from "./examples";
import { oneOf } from "./piece";

const USUAL_RATE = 22050;
/** Hz: what is made of files of 48 and 96, 8, 192, 11, 32 and 16 kHz. */
const RATES = [24000, 8000, 64000 / 3, 11025, 32000, 16000] as const;
const CLICKS = 300;
const CLICKS_AT_OTHER_RATES = 120;
/** BPM. */
const CLICK_TEMPOS = [39, 242] as const;
const SOUNDS = ["tick", "kick", "noise"] as const;
const CHORDS_WITH_CLICKS = 200;
/** They weigh so much of what clicks do. */
const CHORDS_SHARE = 0.5;
/** BPM and lengths of them. */
const TEMPOS = [66, 168] as const;
const SECONDS = [8, 16] as const;
/** Beats to a chord. */
const CHORD_BEATS = [1, 2, 2, 4] as const;
/** Linear. */
const LOUDNESS = [0.06, 0.6] as const;
const TRIADS = [
  [0, 4, 7],
  [0, 3, 7],
  [0, 4, 7, 10],
] as const;

/** Clicks from the slowest to the fastest tempo that is looked for, and clicks over chords. */
export function metronomeExamples(): Example[] {
  return [...clicks(CLICKS, () => USUAL_RATE), ...clicks(CLICKS_AT_OTHER_RATES, rateOf), ...chordExamples()];
}

function rateOf(number: number): number {
  return RATES[number % RATES.length] ?? USUAL_RATE;
}

function clicks(count: number, rate: (number: number) => number): Example[] {
  const [slowest, fastest] = CLICK_TEMPOS;
  return Array.from({ length: count }, (_, number) => {
    const tempo = slowest * Math.exp((number / (count - 1)) * Math.log(fastest / slowest));
    const sound = SOUNDS[number % SOUNDS.length] ?? "tick";
    const seconds = 8 + (number % 5) * 3;
    const sampleRate = rate(number);
    return heard(clickTrack({ tempo, seconds, sampleRate, sound }), { tempo, sampleRate });
  });
}

interface Beating {
  /** BPM. */
  tempo: number;
  seconds: number;
  sampleRate: number;
  random: () => number;
}

function chordExamples(): Example[] {
  return Array.from({ length: CHORDS_WITH_CLICKS }, (_, number) => {
    const random = seededRandom(7919 * number + CHORDS_WITH_CLICKS);
    const tempo = between(TEMPOS, random);
    const seconds = SECONDS[0] + (SECONDS[1] - SECONDS[0]) * random();
    const sampleRate = number % 2 === 0 ? USUAL_RATE : rateOf(number >> 1);
    const samples = chordsWithClicks({ tempo, seconds, sampleRate, random });
    return { ...heard(samples, { tempo, sampleRate }), share: CHORDS_SHARE };
  });
}

function chordsWithClicks({ tempo, seconds, sampleRate, random }: Beating): Float32Array {
  const beat = 60 / tempo;
  const length = beat * oneOf(CHORD_BEATS, random);
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  const level = between(LOUDNESS, random);
  for (let at = 0; at < seconds; at += length) {
    const root = 48 + Math.floor(12 * random());
    const pitches = [root - 12, ...oneOf(TRIADS, random).map((step) => root + step)];
    const sound = chord(pitches, Math.min(0.98 * length, seconds - at), sampleRate);
    const first = Math.round(at * sampleRate);
    for (let i = 0; i < Math.min(sound.length, samples.length - first); i++) {
      samples[first + i] = (samples[first + i] ?? 0) + (sound[i] ?? 0);
    }
  }
  const sound = oneOf(SOUNDS, random);
  for (let at = 0; at < seconds - 0.05; at += beat)
    addClick(samples, sampleRate, { at, sound, amplitude: level });
  return samples;
}

/** As likely in each octave. */
function between([least, most]: readonly [number, number], random: () => number): number {
  return least * Math.exp(random() * Math.log(most / least));
}

function heard(samples: Float32Array, { tempo, sampleRate }: { tempo: number; sampleRate: number }): Example {
  const onsets = new OnsetCurves(sampleRate);
  onsets.push(samples);
  const { frameRate } = onsets;
  const seconds = samples.length / sampleRate;
  return { piece: null, isCut: false, tempo, seconds, beats: null, curves: onsets.values(), frameRate };
}
