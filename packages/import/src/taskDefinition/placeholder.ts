/** Whether a text stands for what a workflow fills in: `<IMAGE>`, `${IMAGE}`, `__IMAGE__`, `{{image}}`, `REPOSITORY_URI:TAG`. */
export function isPlaceholder(text: string): boolean {
  return text === "" || /[<>{}$%\s]|__[A-Z_]+__/.test(text) || /^[A-Z][A-Z0-9_-]*(?:[:/][A-Z][A-Z0-9_-]*)*$/.test(text);
}
