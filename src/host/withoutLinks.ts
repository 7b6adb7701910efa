/** A zero-width space between "]" and "(" reads the same and is no link. */
export function withoutLinks(text: string): string {
  return text.replaceAll("](", "]\u200b(");
}
