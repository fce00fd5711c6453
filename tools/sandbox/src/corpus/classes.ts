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
  "well-known image",
] as const;

export type ImageClass = (typeof classes)[number];
