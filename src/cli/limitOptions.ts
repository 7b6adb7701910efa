/** The flags of the limits for a file, with what the environment may set in their place. */
import { InvalidArgumentError, Option } from "commander";
import { LIMITS, type AnalysisLimits } from "../shared/limits";

const NAMES = Object.keys(LIMITS) as (keyof AnalysisLimits)[];

/** One option a limit: `--max-channels`, or PLAYLISTA_MAX_CHANNELS. */
export function limitOptions(): Option[] {
  return NAMES.map((name) => {
    const { flag, unit, default: standard, maximum } = LIMITS[name];
    return new Option(`${flag} <n>`, `refuse files of more ${unit}; 0 sets no limit`)
      .argParser((text) => limitOf(text, maximum))
      .default(standard)
      .env(`PLAYLISTA_${flag.slice(2).toUpperCase().replaceAll("-", "_")}`);
  });
}

/** What the command's flags, the environment and the defaults come to. */
export function limitsOf(flags: Readonly<Record<string, unknown>>): AnalysisLimits {
  const value = (name: keyof AnalysisLimits): number => Number(flags[attributeOf(name)]);
  return {
    maxFileSizeMB: value("maxFileSizeMB"),
    maxDurationHours: value("maxDurationHours"),
    maxChannels: value("maxChannels"),
    maxSampleRate: value("maxSampleRate"),
  };
}

/** As commander names what an option holds. */
export function attributeOf(name: keyof AnalysisLimits): string {
  return new Option(LIMITS[name].flag).attributeName();
}

function limitOf(text: string, maximum: number): number {
  const limit = Number(text);
  if (text.trim() === "" || !Number.isInteger(limit) || limit < 0 || limit > maximum) {
    throw new InvalidArgumentError(`Expected a whole number from 0 (no limit) to ${maximum}.`);
  }
  return limit;
}
