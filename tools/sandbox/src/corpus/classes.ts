/** Kinds of faults. An image belongs to the one that it has, or that it is easily taken to have. */
export const classes = [
  "command",
  "program missing",
  "not executable",
  "machine",
  "loader",
  "library missing",
  "native package",
  "interpreter",
  "interpreter's argument",
  "line ends",
  "no program",
  "user",
  "health check",
  "links and layers",
  "shell command",
  "entry point script",
  "wrapper",
  "task setting",
  "decided as it runs",
  "well-known image",
  "beyond an inspection",
] as const;

/** What a program or a script does as it runs: files can't prove it, and to be told is all that there can be. */
export const toldAlone: ImageClass = "decided as it runs";

/** What is decided by the program's own text, or by what it is told: an inspection doesn't claim to see it, and it doesn't count. */
export const beyond: ImageClass = "beyond an inspection";

export type ImageClass = (typeof classes)[number];
