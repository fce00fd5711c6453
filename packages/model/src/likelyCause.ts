import type { LikelyCause, Remains } from "./likelyCauseModel";

const logged = (pattern: RegExp) => (remains: Remains) => pattern.test(remains.lines.join("\n"));
const told = (pattern: RegExp) => (remains: Remains) => pattern.test([remains.reason, ...remains.lines].join("\n"));

const programMissing: LikelyCause = {
  id: "program-missing",
  cause: "its command is not in the image.",
  fix: "Install it in the stage that is run, or name one that the image has in command or entryPoint.",
};

const causes: [applies: (remains: Remains) => boolean, cause: LikelyCause][] = [
  [
    // An init such as Docker's gives what the kernel refuses to a shell, which reads the binary as its script.
    told(/exec format error|\x7fELF/i),
    {
      id: "image-architecture",
      cause: "the program is for another CPU, or its script has no #! line.",
      fix: "Build the image for the task's runtimePlatform.",
      said: true,
    },
  ],
  [
    ({ reason }) => /CannotPullContainerError/.test(reason),
    { id: "image-missing", cause: "the image is not there, or the subnets have no way to the registry." },
  ],
  [
    ({ reason }) => /ResourceInitializationError/.test(reason),
    { id: "secrets-unreachable", cause: "a secret or the log group can't be reached from the subnets." },
  ],
  [
    ({ exitCode, reason }) => exitCode === 137 && /OutOfMemory/.test(reason),
    { id: "out-of-memory-task", cause: "it needed more memory than memoryMiB gives it.", said: true },
  ],
  [({ exitCode }) => exitCode === 137, { id: "killed", cause: "it was killed: out of memory, or it did not end within the stop timeout." }],
  [
    ({ exitCode }) => exitCode === 139,
    {
      id: "segmentation-fault",
      cause: "a segmentation fault, often a library for another libc.",
      fix: "Build native modules in the base image that runs them, for its libc and CPU.",
    },
  ],
  [
    // `env` and shells name the interpreter with the carriage return that the script's first line ends with.
    told(
      /\\r'?: (No such file or directory|command not found)|\^M: bad interpreter|bad interpreter: .*\^M|\r'?: (No such file|command not found)/,
    ),
    {
      id: "script-line-endings",
      cause: "a script has Windows line endings, so that its interpreter is looked for by another name.",
      fix: "Write it with LF: `* text=auto eol=lf` in .gitattributes, or `RUN sed -i 's/\\r$//'` in the Dockerfile.",
    },
  ],
  [
    logged(/error while loading shared libraries|Error loading shared library|version `[\w.]+' not found|Error relocating /),
    {
      id: "shared-library-missing",
      cause: "a library that the program needs is not in the image, or an older one.",
      fix: "Install it in the stage that is run, or build on the same base image.",
      said: true,
    },
  ],
  [
    logged(
      /Cannot find (module|package) |Module not found "file:|ERR_MODULE_NOT_FOUND|ModuleNotFoundError|GemNotFound|LoadError: cannot load such file|cannot load such file -- |Failed opening required|Could not load file or assembly|No module named |ClassNotFoundException|Unable to access jarfile|Could not open input file/,
    ),
    {
      id: "module-missing",
      cause: "what its interpreter is to run, or a package of it, is not in the image.",
      fix: "A package: install it where the service's own package file is, such as `npm install <package>` beside its package.json, and build again. A file: copy it into the stage that is run; see what .dockerignore keeps out and where WORKDIR is.",
      said: true,
    },
  ],
  [
    logged(/EROFS|Read-only file system|attempt to write a readonly database/i),
    {
      id: "read-only-file-system",
      cause: "it writes where it may not: its root file system is read-only.",
      fix: "Name the folder in writableMounts, have the program write elsewhere, or set readonlyRootFilesystem: false.",
      said: true,
    },
  ],
  [
    told(/unable to find (user|group) |no matching entries in (passwd|group) file/),
    {
      id: "user-missing",
      cause: "its user is not in the image's /etc/passwd.",
      fix: "Add it in the Dockerfile, or name it by number.",
      said: true,
    },
  ],
  [
    logged(
      /(?:listen|bind)\b.{0,60}(?::|port:? ?)(?:[1-9]\d{0,2}|10[01]\d|102[0-3])\b(?![.:]?\d).{0,40}(?:EACCES|permission denied|Operation not permitted)|(EACCES|[Pp]ermission denied|Operation not permitted).{0,80}(:|port:? ?|address:? ?)\b([1-9]\d{0,2}|10[01]\d|102[0-3])\b(?![.:\d])|bind\(\) to \S+:\d{1,3} failed \(13/,
    ),
    {
      id: "privileged-port",
      cause: "it listens on a port below 1024, which only root may.",
      fix: "Have it listen on a port from 1024 on, and give that as containerPort.",
    },
  ],
  [
    logged(/EADDRINUSE|Address (already )?in use|port \d+ (was|is) already (in use|allocated)|Only one usage of each socket address/i),
    {
      id: "port-in-use",
      cause: "the port that it would listen on is taken by another program of the container.",
      fix: "Let one program alone listen on the port: give the other one another, or start it once.",
      said: true,
    },
  ],
  [
    told(/ENOSPC|No space left on device/i),
    { id: "disk-full", cause: "its disk is full.", fix: "Raise ephemeralStorageGiB, or write less." },
  ],
  [
    logged(
      /max file descriptors|max number of threads|EMFILE|ENFILE|too many open files|pthread_create failed|unable to create (new )?native thread|fork: (retry: )?Resource temporarily/i,
    ),
    {
      id: "ulimits",
      cause: "it needs more files or processes than its limits allow.",
      fix: "Raise them in ulimits, or find what it does not close.",
    },
  ],
  [told(/executable file not found in \$PATH|exec: "[^"]+": stat [^:]+: no such file/), programMissing],
  [
    told(/exec: "[^"]+": permission denied|exec \S+(: | failed: )permission denied/i),
    { id: "program-not-executable", cause: "its command is not executable.", fix: "RUN chmod +x in the Dockerfile, or COPY --chmod=755." },
  ],
  [
    told(/exec \S*\/\S+(: | failed: )no such file or directory|exec user process caused: no such file|bad interpreter: No such file/i),
    {
      id: "interpreter-or-loader-missing",
      cause: "the program is not in the image, or the interpreter or loader that it names is not.",
      fix: "Look at the first line of a script, and whether a binary was built for this base image's libc.",
    },
  ],
  [
    // `env` of coreutils, busybox and toybox, as a script's first line calls it.
    told(/(?:^|[/\s])env: (?:can't execute |exec )?['‘]?[^'’:\s]+['’]?: No such file or directory/m),
    {
      id: "interpreter-or-loader-missing",
      cause: "the interpreter that a script's first line names is not in the image.",
      fix: "Install it in the stage that is run, or let the script's first line name one that the image has.",
    },
  ],
  [({ exitCode }) => exitCode === 126, { id: "program-not-executable", cause: "its command is not executable." }],
  [({ exitCode }) => exitCode === 127, programMissing],
  [
    logged(
      /too many clients already|remaining connection slots are reserved|Too many connections|ER_CON_COUNT_ERROR|max number of clients reached|no more connections allowed|sorry, too many clients/i,
    ),
    {
      id: "database-connections",
      cause: "the database has no connection left.",
      fix: "Hold fewer in each task's pool, run fewer tasks, or give the database more.",
    },
  ],
  [
    logged(
      /password authentication failed|28P01|ER_ACCESS_DENIED_ERROR|Access denied for user '|Login failed for user |WRONGPASS|SASL authentication failed|Authentication failed\.?$/im,
    ),
    {
      id: "database-password",
      cause: "the database refuses the login: the password was changed, or is another one's.",
      fix: "A running task keeps what it started with: restart the service after a rotation.",
    },
  ],
  [
    logged(/is not authorized to perform:? [a-z0-9-]+:\w+/i),
    {
      id: "task-role-permission",
      cause: "the task's role may not do what it calls.",
      fix: "Bind what it needs with `uses:`, which brings the permission.",
    },
  ],
  [
    logged(/ThrottlingException|TooManyRequestsException|ProvisionedThroughputExceeded|Rate exceeded|SlowDown: /),
    {
      id: "calls-throttled",
      cause: "AWS throttles what it calls.",
      fix: "Call less often and wait longer between tries, or have the quota raised.",
    },
  ],
  [
    logged(
      /host not found in upstream|getaddrinfo|ENOTFOUND|EAI_AGAIN|Name or service not known|no such host|could not translate host name|UnknownHostException|Temporary failure in name resolution|nodename nor servname/,
    ),
    { id: "unresolvable-name", cause: "a host name that nothing provides: bind what it needs with `uses:`." },
  ],
  [
    logged(
      /ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|connection refused|connection timed out|no route to host|i\/o timeout|could not connect to server|connection to server at .* failed|connect timeout|timeout expired|Timed out waiting for a node|Failed to establish a new connection|NoBrokersAvailable|ServerSelectionError|Node may not be available/i,
    ),
    {
      id: "dependency-unreachable",
      cause: "what it calls does not answer.",
      fix: "Look at whether that runs, and name it in `uses:` or `calls:`, which opens its port.",
    },
  ],
  [
    logged(/EACCES|Permission denied/i),
    {
      id: "user-rights",
      cause: "its user may not do what it tries.",
      fix: "Give the user the files in the Dockerfile (COPY --chown), or set another user.",
    },
  ],
  [
    ({ exitCode }) => exitCode === 0,
    {
      id: "exits-as-done",
      cause: "its program ended as if its work were done: it went to the background, or its command is one that ends.",
      fix: "Run it in the foreground (nginx -g 'daemon off;', php-fpm -F), by exec from a script.",
    },
  ],
];

/** The usual cause of such an end, if there is a usual one. */
export function likelyCause(remains: Remains): LikelyCause | undefined {
  return causes.find(([applies]) => applies(remains))?.[1];
}
