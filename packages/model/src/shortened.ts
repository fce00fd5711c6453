/** As much of a digest as tells the images of a repository apart: `sha256:0a1b2c3d4e5f`. */
export function shortDigest(digest: string): string {
  return digest.slice(0, "sha256:".length + 12);
}

/** A commit as git shortens it, to seven digits. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 7);
}

/** The first few of a list, and how many there are besides: `a, b, c and 4 more`. */
export function firstFew(all: readonly string[], most: number): string {
  return `${all.slice(0, most).join(", ")}${all.length > most ? ` and ${all.length - most} more` : ""}`;
}
