const placeholder = /<[^<>]*>|\$\{\{?[^}]*\}?\}|\$\([^)]*\)|\{\{[^}]*\}\}|%\w+%|__[A-Za-z_]+__/;

/** Whether something of a text is what a workflow fills in: `<IMAGE>`, `${IMAGE}`, `__IMAGE__`, `{{image}}`. */
export function hasPlaceholder(text: string): boolean {
  return placeholder.test(text);
}

/** A name without what is filled in: `shop-<ENV>-web` is `shop-web`. */
export function withoutPlaceholders(name: string): string {
  return name
    .replaceAll(new RegExp(placeholder, "g"), "")
    .replaceAll(/([-_])[-_]+/g, "$1")
    .replaceAll(/^[-_]+|[-_]+$/g, "");
}

/** Whether a text can't be the name of an image or a secret, but stands for one: also `REPOSITORY_URI:TAG`. */
export function isPlaceholder(text: string): boolean {
  return text === "" || hasPlaceholder(text) || /[<>{}$%\s]/.test(text) || /^[A-Z][A-Z0-9_-]*(?:[:/][A-Z][A-Z0-9_-]*)*$/.test(text);
}
