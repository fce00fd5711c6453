/** A text as a cell of a Markdown table: what is in angle brackets would be taken for HTML, and not be seen. */
export function markdownCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
