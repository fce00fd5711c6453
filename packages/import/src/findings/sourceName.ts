/** Keys of a source as people write them: `http.additional_rules[0].path`. */
export function sourceName(path: readonly (string | number)[]): string {
  return path.map((key, index) => (typeof key === "number" ? `[${key}]` : index === 0 ? key : `.${key}`)).join("");
}
