/** What the file says of itself: its format, its tags as found, and where it lies. */
import type { Analysis, FileFacts, FormatFacts, ImportedFacts, Tags } from "../../shared/analysis";
import { formatDuration, formatNumber } from "../../shared/format";
import type { PageFile } from "../../shared/pageProtocol";
import { channelWords } from "./formatLine";
import type { Group, Row } from "./groups";
import { formatMoment, type Locale } from "./provenance";

export function factGroups(file: PageFile, analysis: Analysis, locale?: Locale): Group[] {
  const groups: Group[] = [];
  if (analysis.format) groups.push(group("Format", formatRows(analysis.format)));
  if (analysis.imported) groups.push(importedGroup(analysis.imported));
  if (analysis.tags) groups.push(group("Tags", tagRows(analysis.tags)));
  groups.push(group("File", fileRows(file, analysis.file, locale)));
  return groups;
}

function formatRows(format: FormatFacts): Row[] {
  return [
    words("Container", format.container),
    words("Codec", format.codec),
    words("Compression", format.lossless ? "lossless" : "lossy"),
    number("Sample rate", format.sampleRate, "Hz"),
    words("Channels", channelWords(format.channels)),
    number("Bit depth", format.bitDepth, "bit"),
    number("Bit rate", format.bitrate === null ? null : format.bitrate / 1000, "kbit/s"),
    words("Duration", formatDuration(format.duration, 3)),
    number("Samples", format.samples, ""),
  ].filter((row) => row.value !== null);
}

/** What an earlier Playlista said, under its own names where they mean something else here. */
function importedGroup({ duration, sampleRate, channels, bitrate, modelTags, values }: ImportedFacts): Group {
  const own = Object.entries(values).map(([name, value]) =>
    words(name, Array.isArray(value) ? value.map((each) => plain(each)).join(", ") : plain(value)),
  );
  const rows = [
    words("Duration", duration === null ? null : formatDuration(duration, 3)),
    number("Sample rate", sampleRate, "Hz"),
    words("Channels", channels === null ? null : channelWords(channels)),
    number("Bit rate", bitrate === null ? null : bitrate / 1000, "kbit/s"),
    words(
      "Heard by its model",
      modelTags.map(({ name, score }) => `${name} ${plain(score)}`).join(", ") || null,
    ),
    ...own,
  ];
  return {
    ...group(
      "Imported",
      rows.filter((row) => row.value !== null),
    ),
    how: "As an earlier Playlista gave them, by definitions of its own; docs/import.md explains each.",
  };
}

function tagRows(tags: Tags): Row[] {
  return [
    words("Title", tags.title),
    words("Artist", tags.artist),
    words("Album", tags.album),
    words("Album artist", tags.albumArtist),
    number("Track", tags.trackNumber, ""),
    words("Year", tags.year === null ? null : String(tags.year)),
    words("Genre", tags.genre.length > 0 ? tags.genre.join(", ") : null),
    words("Comment", tags.comment),
    words("Tempo in tags", tags.tempo === null ? null : `${plain(tags.tempo)} BPM`),
    words("Key in tags", tags.key),
    words("Track gain", decibels(tags.replayGainTrack)),
    words("Album gain", decibels(tags.replayGainAlbum)),
  ].filter((row) => row.value !== null);
}

function fileRows(file: PageFile, facts: FileFacts | null, locale?: Locale): Row[] {
  return [
    words("Name", file.name),
    words("Folder", file.folder || null),
    words("Size", facts ? formatBytes(facts.size) : null),
    words("Modified", facts ? formatMoment(facts.modified, locale) : null),
    words("SHA-256", facts?.sha256 ?? null),
  ].filter((row) => row.value !== null);
}

/** "38.2 MB" (powers of ten, as file managers and disks count). */
export function formatBytes(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${formatNumber(bytes / 1000 ** power, power === 0 ? 0 : 1)} ${units[power] ?? ""}`;
}

/** Digits in threes by a narrow space that does not break: "10 019 652". */
function inThrees(value: number): string {
  return formatNumber(value, 0).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

function plain(value: number): string {
  return formatNumber(value, 2).replace(/\.?0+$/, "");
}

function decibels(value: number | null): string | null {
  return value === null ? null : `${formatNumber(value, 2)} dB`;
}

function group(label: string, rows: Row[]): Group {
  return { label, how: null, rows };
}

function words(label: string, value: string | null): Row {
  return { label, value, reason: null, unit: "", decimals: null };
}

function number(label: string, value: number | null, unit: string): Row {
  return { label, value: value === null ? null : inThrees(value), reason: null, unit, decimals: 0 };
}
