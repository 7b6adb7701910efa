/**
 * What a file may have at most before it is refused as `tooLarge`: the user's ceilings, which settings, command
 * line and messages name alike. What no decoder of ours could take is `corrupt`, whatever is set here.
 */

/** 0 sets no limit of the user's. */
export interface AnalysisLimits {
  /** Millions of bytes. */
  maxFileSizeMB: number;
  maxDurationHours: number;
  maxChannels: number;
  /** Hz. */
  maxSampleRate: number;
}

interface LimitDeclaration {
  /** The largest that can be set. */
  maximum: number;
  default: number;
  /** On the command line; the environment has it as PLAYLISTA_MAX_…. */
  flag: `--max-${string}`;
  /** What its number counts, for the command line's help. */
  unit: string;
}

/** By the name that a setting has behind "playlista.analysis.". */
export const LIMITS = {
  maxFileSizeMB: { maximum: 1_000_000, default: 0, flag: "--max-file-size-mb", unit: "MB" },
  // The longest audiobooks have some 60 hours; a week of a logger's wants to be asked for.
  maxDurationHours: { maximum: 10_000, default: 100, flag: "--max-duration-hours", unit: "hours" },
  // Ambisonics of the seventh order has 64 channels; object-based masters have 128.
  maxChannels: { maximum: 255, default: 64, flag: "--max-channels", unit: "channels" },
  // The fastest converters.
  maxSampleRate: { maximum: 1_536_000, default: 768_000, flag: "--max-sample-rate", unit: "Hz" },
} as const satisfies Record<keyof AnalysisLimits, LimitDeclaration>;

/** What holds without the user's word. */
export const DEFAULT_LIMITS: AnalysisLimits = {
  maxFileSizeMB: LIMITS.maxFileSizeMB.default,
  maxDurationHours: LIMITS.maxDurationHours.default,
  maxChannels: LIMITS.maxChannels.default,
  maxSampleRate: LIMITS.maxSampleRate.default,
};
