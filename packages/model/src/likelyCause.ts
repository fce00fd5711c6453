/** What a stopped container left behind. */
export interface Remains {
  exitCode?: number;
  /** In ECS's words. */
  reason: string;
  /** The last that it logged. */
  lines: readonly string[];
}

/** Why a container ended, as far as there is a usual reason. */
export interface LikelyCause {
  cause: string;
  /** What to do, where it is more than the cause's opposite. */
  fix?: string;
  /** Whether the container's own words prove it, so that it is more than what such an exit code usually means. */
  said?: true;
}

const logged = (pattern: RegExp) => (remains: Remains) => pattern.test(remains.lines.join("\n"));
const told = (pattern: RegExp) => (remains: Remains) => pattern.test([remains.reason, ...remains.lines].join("\n"));

const causes: [applies: (remains: Remains) => boolean, cause: LikelyCause][] = [
  [
    told(/exec format error/i),
    {
      cause: "the program is for another CPU, or its script has no #! line.",
      fix: "Build the image for the task's runtimePlatform.",
      said: true,
    },
  ],
  [
    ({ reason }) => /CannotPullContainerError/.test(reason),
    { cause: "the image is not there, or the subnets have no way to the registry." },
  ],
  [({ reason }) => /ResourceInitializationError/.test(reason), { cause: "a secret or the log group can't be reached from the subnets." }],
  [
    ({ exitCode, reason }) => exitCode === 137 && /OutOfMemory/.test(reason),
    { cause: "it needed more memory than memoryMiB gives it.", said: true },
  ],
  [({ exitCode }) => exitCode === 137, { cause: "it was killed: out of memory, or it did not end within the stop timeout." }],
  [({ exitCode }) => exitCode === 139, { cause: "a segmentation fault, often a library for another libc." }],
  [
    logged(/error while loading shared libraries|Error loading shared library|version `[\w.]+' not found|Error relocating /),
    {
      cause: "a library that the program needs is not in the image, or an older one.",
      fix: "Install it in the stage that is run, or build on the same base image.",
      said: true,
    },
  ],
  [
    logged(
      /Cannot find (module|package) |ERR_MODULE_NOT_FOUND|ModuleNotFoundError|No module named |ClassNotFoundException|Unable to access jarfile|Could not open input file/,
    ),
    {
      cause: "what its interpreter is to run, or a package of it, is not in the image.",
      fix: "Copy it into the stage that is run; see what .dockerignore keeps out and where WORKDIR is.",
      said: true,
    },
  ],
  [
    logged(/EROFS|Read-only file system/i),
    {
      cause: "it writes where it may not: its root file system is read-only.",
      fix: "Name the folder in writableMounts, have the program write elsewhere, or set readonlyRootFilesystem: false.",
      said: true,
    },
  ],
  [
    told(/unable to find (user|group) |no matching entries in (passwd|group) file/),
    { cause: "its user is not in the image's /etc/passwd.", fix: "Add it in the Dockerfile, or name it by number.", said: true },
  ],
  [
    logged(/EADDRINUSE|Address (already )?in use/i),
    { cause: "the port that it would listen on is taken by another program of the container.", said: true },
  ],
  [({ exitCode }) => exitCode === 126, { cause: "its command is not executable." }],
  [({ exitCode }) => exitCode === 127, { cause: "its command is not in the image." }],
  [
    logged(/getaddrinfo|ENOTFOUND|EAI_AGAIN|Name or service not known/),
    { cause: "a host name that nothing provides: bind what it needs with `uses:`." },
  ],
  [
    logged(/EACCES|Permission denied/i),
    {
      cause: "its user may not do what it tries.",
      fix: "Give the user the files in the Dockerfile (COPY --chown), or set another user.",
    },
  ],
  [
    ({ exitCode }) => exitCode === 0,
    {
      cause: "its program ended as if its work were done: it went to the background, or its command is one that ends.",
      fix: "Run it in the foreground (nginx -g 'daemon off;', php-fpm -F), by exec from a script.",
    },
  ],
];

/** The usual cause of such an end, if there is a usual one. */
export function likelyCause(remains: Remains): LikelyCause | undefined {
  return causes.find(([applies]) => applies(remains))?.[1];
}
