/** What an export writes, by path from its folder. */
export interface Exported {
  files: Map<string, string>;
}
