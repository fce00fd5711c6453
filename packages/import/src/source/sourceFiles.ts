/** The files of a folder that is imported. Whoever calls reads them from wherever they are. */
export interface SourceFiles {
  /** Paths relative to the folder, with slashes, in alphabetical order. */
  readonly paths: readonly string[];
  /** The text of one; undefined where there is none, or where it is no text. */
  read(path: string): string | undefined;
}
