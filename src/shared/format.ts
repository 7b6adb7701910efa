/** Numbers as people read them, the same in tree, page and terminal. */
import type { Analysis } from "./analysis";
import type { ValueDeclaration } from "./measurements";

/** Minus as a real minus sign, fixed decimals, no "−0.0". */
export function formatNumber(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  const isNegative = text.startsWith("-") && Number(text) !== 0;
  return isNegative ? `−${text.slice(1)}` : text.replace("-", "");
}

/** "3:47.203", "1:02:03"; hours only when there are some. */
export function formatDuration(seconds: number, fractionDigits = 0): string {
  const scale = 10 ** fractionDigits;
  const rounded = Math.round(seconds * scale) / scale;
  const hours = Math.floor(rounded / 3600);
  const minutes = Math.floor((rounded % 3600) / 60);
  const rest = (rounded % 60).toFixed(fractionDigits).padStart(fractionDigits ? fractionDigits + 3 : 2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** The three numbers that stand for a file where there is room for one line. */
export interface Headline {
  /** BPM. */
  tempo: number | null;
  camelot: string | null;
  /** LUFS. */
  integrated: number | null;
}

/** The headline numbers of an analysis. */
export function headlineOf({ rhythm, tonal, loudness }: Analysis): Headline {
  return {
    tempo: rhythm?.tempo ?? null,
    camelot: tonal?.camelot ?? null,
    integrated: loudness?.integrated ?? null,
  };
}

/** "124.0 BPM · 8A · −9.3 LUFS": what is known of the headline numbers. */
export function formatHeadline(values: Headline): string {
  const parts: string[] = [];
  if (values.tempo !== null) parts.push(`${formatNumber(values.tempo, 1)} BPM`);
  if (values.camelot !== null) parts.push(values.camelot);
  if (values.integrated !== null) parts.push(`${formatNumber(values.integrated, 1)} LUFS`);
  return parts.join(" · ");
}

/** The value at a declared path, or null when its group or itself is absent. */
export function valueOf(
  analysis: Analysis,
  declaration: Pick<ValueDeclaration, "path">,
): number | string | null {
  const [group, name] = declaration.path.split(".") as [
    keyof Pick<Analysis, "loudness" | "rhythm" | "tonal">,
    string,
  ];
  const values = analysis[group] as unknown as Record<string, number | string | null> | null;
  return values?.[name] ?? null;
}
