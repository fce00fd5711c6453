/** What a stopped container left behind. */
export interface Remains {
  exitCode?: number;
  reason: string;
  lines: string[];
}

const causes: [applies: (remains: Remains) => boolean, cause: string][] = [
  [
    ({ reason, lines }) => /exec format error/i.test([reason, ...lines].join("\n")),
    "the program is for another CPU, or its script has no #! line. Build the image for the task's runtimePlatform.",
  ],
  [({ reason }) => /CannotPullContainerError/.test(reason), "the image is not there, or the subnets have no way to the registry."],
  [({ reason }) => /ResourceInitializationError/.test(reason), "a secret or the log group can't be reached from the subnets."],
  [({ exitCode, reason }) => exitCode === 137 && /OutOfMemory/.test(reason), "it needed more memory than memoryMiB gives it."],
  [({ exitCode }) => exitCode === 137, "it was killed: out of memory, or it did not end within the stop timeout."],
  [({ exitCode }) => exitCode === 139, "a segmentation fault, often a library for another libc."],
  [({ exitCode }) => exitCode === 126, "its command is not executable."],
  [({ exitCode }) => exitCode === 127, "its command is not in the image."],
  [
    ({ lines }) => /getaddrinfo|ENOTFOUND|EAI_AGAIN|Name or service not known/.test(lines.join("\n")),
    "a host name that nothing provides: bind what it needs with `uses:`.",
  ],
];

/** The usual cause of such an end, if there is a usual one. */
export function likelyCause(remains: Remains): string | undefined {
  return causes.find(([applies]) => applies(remains))?.[1];
}
