/** The large numbers at the top: which ones, how they read, and what is doubtful about them. */
import type { Analysis } from "../../shared/analysis";
import { formatDuration, formatNumber } from "../../shared/format";
import { VALUES } from "../../shared/measurements";
import { missingWords } from "./missing";

export interface HeadlineCell {
  label: string;
  /** Null is shown as a dash with `note` as its reason. */
  value: string | null;
  unit: string;
  /** 0–1, shown as a thin bar under its name. */
  share: { name: string; value: number } | null;
  note: string | null;
  /** Out of its target: in the error colour, with `note` as the word for it. */
  isWrong: boolean;
}

export function headlineCells(analysis: Analysis): HeadlineCell[] {
  return [
    tempoCell(analysis),
    keyCell(analysis),
    numberCell(analysis, "loudness.integrated", analysis.loudness?.integrated ?? null),
    numberCell(analysis, "loudness.range", analysis.loudness?.range ?? null),
    peakCell(analysis),
    durationCell(analysis),
  ];
}

function numberCell(analysis: Analysis, path: string, value: number | null): HeadlineCell {
  const declaration = VALUES.find((each) => each.path === path);
  if (!declaration) throw new Error(`No measurement declares ${path}`);
  return {
    label: declaration.label,
    value: value === null ? null : formatNumber(value, declaration.decimals),
    unit: declaration.unit,
    share: null,
    note: value === null ? missingWords(analysis, declaration.path) : null,
    isWrong: false,
  };
}

function tempoCell(analysis: Analysis): HeadlineCell {
  const cell = numberCell(analysis, "rhythm.tempo", analysis.rhythm?.tempo ?? null);
  return { ...cell, share: share("Confidence", cell, analysis.rhythm?.confidence) };
}

function keyCell(analysis: Analysis): HeadlineCell {
  const { key, mode, camelot, openKey, strength } = analysis.tonal ?? {};
  const cell: HeadlineCell = {
    label: "Key",
    value: key ? [key, mode].filter(Boolean).join(" ") : null,
    unit: [camelot, openKey].filter(Boolean).join(" · "),
    share: null,
    note: key ? null : missingWords(analysis, "tonal.key"),
    isWrong: false,
  };
  return { ...cell, share: share("Strength", cell, strength) };
}

function peakCell(analysis: Analysis): HeadlineCell {
  const peak = analysis.loudness?.truePeak ?? null;
  const cell = numberCell(analysis, "loudness.truePeak", peak);
  return peak !== null && peak > 0 ? { ...cell, note: "clips", isWrong: true } : cell;
}

function durationCell(analysis: Analysis): HeadlineCell {
  const duration = analysis.format?.duration ?? analysis.imported?.duration ?? null;
  return {
    label: "Duration",
    value: duration === null ? null : formatDuration(duration, 3),
    unit: "",
    share: null,
    note: duration === null ? "not known" : null,
    isWrong: false,
  };
}

function share(name: string, cell: HeadlineCell, value: number | null | undefined): HeadlineCell["share"] {
  return cell.value === null || value === null || value === undefined ? null : { name, value };
}
