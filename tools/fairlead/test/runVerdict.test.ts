import { runOfImage, type ContainerRun } from "../src/run/containerRun";
import { createArguments, type CreateContext } from "../src/run/createArguments";
import { NotTried } from "../src/run/engine";
import { fitToPrint } from "../src/run/lastLines";
import { listenersIn } from "../src/run/listeners";
import { verdictOf } from "../src/run/verdict";
import type { Ending } from "../src/run/watch";

const nothing = { task: false, secrets: [], outputs: [], fileSystems: [], sidecars: [], settings: [] };
const service: ContainerRun = { ...runOfImage({}), memoryMiB: 512, containerPort: 3000, withheld: nothing };
const withSecret: ContainerRun = { ...service, withheld: { ...nothing, secrets: ["TOKEN"] } };
const job: ContainerRun = { ...service, isJob: true };
const ended = (exitCode: number, ...lines: string[]): Ending => ({ kind: "ended", seconds: 1, exitCode, lines });
const refused = (refusal: string): Ending => ({
  kind: "notStarted",
  seconds: 0,
  refusal: `Error response from daemon: ${refusal}`,
  lines: [],
});
const unhealthy = (words: string, cannotRun = false, lines: string[] = []): Ending => ({
  kind: "unhealthy",
  seconds: 9,
  check: { words, exitCode: 1, timedOut: false, cannotRun },
  lines,
});
const alive = (...listeners: [string, number][]): Ending => ({
  kind: "alive",
  seconds: 10,
  listeners: listeners.map(([address, port]) => ({ address, port })),
  lines: [],
});

test.each<[string, ContainerRun, Ending, string]>([
  // Proven: what the run lacked can't have been the reason.
  [
    "a program that is not there",
    withSecret,
    refused('OCI runtime create failed: exec: "x": executable file not found in $PATH'),
    "dies FL2156",
  ],
  [
    "a program that may not be executed",
    service,
    refused('runc create failed: unable to start container process: exec: "/x": permission denied'),
    "dies FL2156",
  ],
  ["the same, as crun says it", service, refused("crun: open executable: Permission denied: OCI permission denied"), "dies FL2156"],
  ["a working directory that is a file", service, refused("Cannot mkdir: /etc/passwd is not a directory"), "dies FL2156"],
  ["a file that is no program", service, refused("OCI runtime create failed: exec /x: exec format error"), "dies FL2156"],
  ["a user that is not there", service, refused("unable to find user x: no matching entries in passwd file"), "dies FL2156"],
  [
    "a program that an init doesn't find",
    withSecret,
    ended(127, "[FATAL tini (7)] exec nope failed: No such file or directory"),
    "dies FL2155",
  ],
  ["a module that is not there", withSecret, ended(1, "at defaultResolveImpl", "Error: Cannot find module '/app/x'"), "dies FL2155"],
  ["a library that is not there", withSecret, ended(127, "/app: error while loading shared libraries: libpq.so.5"), "dies FL2155"],
  ["a read-only folder", withSecret, ended(1, "EROFS: read-only file system, open '/x'"), "dies FL2155"],
  ["a segmentation fault", withSecret, ended(139), "dies FL2155"],
  ["too little memory", withSecret, { ...ended(137), outOfMemory: true }, "dies FL2155"],
  ["a mistake of the program's", service, ended(1, "TypeError: x is not a function"), "dies FL2155"],
  ["a program that goes to the background", service, ended(0), "dies FL2155"],
  ["a check whose program is not there", withSecret, unhealthy("OCI runtime exec failed: no such file or directory", true), "dies FL2157"],
  ["a check that never succeeds", service, unhealthy("connect ECONNREFUSED 127.0.0.1:3000"), "dies FL2157"],
  // Perhaps: good images end like that where they have no network, secrets or variables.
  ["no network", service, ended(1, "getaddrinfo EAI_AGAIN db"), "may FL2155"],
  [
    "no network, and a message that comes before",
    service,
    ended(1, "Cannot find module 'optional'", "connect ECONNREFUSED 10.0.0.1:5432"),
    "may FL2155",
  ],
  ["no network, in words of its own", service, ended(1, "could not open a session: upstream gone"), "may FL2155"],
  ["no network, as busybox says it", service, ended(1, "wget: bad address 'database.internal'"), "may FL2155"],
  ["no credentials", service, ended(1, "CredentialsProviderError: Could not load credentials from any providers"), "may FL2155"],
  ["a secret that is none", withSecret, ended(1, "TypeError: Invalid token"), "may FL2155"],
  ["no variables", runOfImage({}), ended(1, "POSTGRES_PASSWORD is not set"), "may FL2155"],
  ["an image whose command is a shell", runOfImage({}), ended(0), "may FL2155"],
  ["a job without its data", job, ended(1, "nothing to migrate"), "may FL2155"],
  ["no database behind the check", service, unhealthy("500", false, ["connect ECONNREFUSED 10.0.0.1:5432"]), "may FL2157"],
  ["nothing on the port", service, alive(["0.0.0.0", 8080]), "may FL2158"],
  ["loopback alone", service, alive(["127.0.0.1", 3000], ["::1", 3000]), "may FL2158"],
  // Nothing.
  ["a job that is done", job, ended(0), ""],
  ["a port on all addresses", service, alive(["::", 3000]), ""],
  ["a port that nobody can ask for", service, { kind: "alive", seconds: 10, lines: [] }, ""],
  ["healthy", service, { ...alive(["0.0.0.0", 3000]), kind: "healthy" }, ""],
])("%s", (_, run, ending, expected) => {
  expect(verdictOf(run, ending, false).map(({ certainty, code }) => `${certainty} ${code}`)).toEqual(expected ? [expected] : []);
});

test("an emulator's faults are nobody's: what ends under it may end", () => {
  for (const ending of [ended(139), ended(1, "TypeError"), { ...ended(137), outOfMemory: true }, unhealthy("500")])
    expect(verdictOf(service, ending, true)).toMatchObject([{ certainty: "may" }]);
  expect(() => verdictOf(service, refused("OCI runtime create failed: exec /app: exec format error"), true)).toThrow(
    /no emulation.*binfmt/,
  );
});

test.each([
  "failed to create shim task: OCI runtime create failed: cgroups: cannot find cgroup mount destination: unknown",
  "mkdir /var/lib/docker/overlay2/x: no space left on device",
  "could not select device driver",
  "OCI runtime create failed: unable to start container process: error during container init: error setting rlimit type 7: operation not permitted",
  "mkdir /var/lib/docker/containers/x: permission denied",
  'exec: "docker-init": executable file not found in $PATH',
])("an engine that fails by itself tells nothing of the image: %s", (words) => {
  expect(() => verdictOf(service, refused(words), false)).toThrow(NotTried);
});

test("mounts are what Fargate, an instance and a file system of others give", () => {
  const context: CreateContext = {
    image: "image",
    container: "container",
    platform: "linux/arm64",
    imageEnvironment: [],
    imageVolumes: ["/declared/"],
    isPodman: false,
    cpus: 2,
    isEmulated: false,
  };
  const mounts: ContainerRun["mounts"] = [
    { containerPath: "/declared", readOnly: false, kind: "empty" },
    { containerPath: "/cache", readOnly: false, kind: "empty" },
    { containerPath: "/instance", readOnly: true, kind: "copy" },
    { containerPath: '/a,"b"', readOnly: false, kind: "shared" },
  ];
  const run: ContainerRun = { ...service, mounts, cpu: 4096, entryPoint: ["/init", "--"], command: ["-x"], readonlyRootFilesystem: true };
  const words = createArguments(run, context);
  expect(words.filter((word) => word.startsWith("--mount="))).toEqual([
    "--mount=type=volume,target=/declared",
    "--mount=type=volume,target=/cache,volume-nocopy",
    "--mount=type=volume,target=/instance,readonly",
    '--mount=type=tmpfs,"target=/a,""b""",tmpfs-mode=1777',
  ]);
  expect(words.slice(-4)).toEqual(["--entrypoint=/init", "image", "--", "-x"]);
  // The engine refuses to give more than its machine has.
  expect(words).toContain("--cpus=2");
  expect(createArguments(run, { ...context, isEmulated: true }).join(" ")).not.toContain("--cpus");
  expect(createArguments(run, { ...context, isPodman: true })).toContain("--read-only-tmpfs=false");
});

test("what listens is read from Linux's tables", () => {
  const table = [
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
    "   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1 0 100 0 0 10 0",
    "   1: 0100007F:0BB8 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 1 1 0 100 0 0 10 0",
    "  sl  local_address                         remote_address                        st",
    "   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 0 0",
    "   1: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 0 0",
    "   2: 0000000000000000FFFF00000100007F:01BB 00000000000000000000000000000000:0000 0A 0 0",
  ].join("\n");
  expect(listenersIn(`${table}\n`)).toEqual([
    { address: "::1", port: 80 },
    { address: "127.0.0.1", port: 443 },
    { address: "127.0.0.1", port: 3000 },
    { address: "::", port: 8080 },
  ]);
  expect(listenersIn("cat: not found\n")).toBeUndefined();
});

test("a line that others wrote is fit to be printed", () => {
  expect(fitToPrint("\u001b[31m##[error]\u202e https://me:word@x.test/\r")).toBe("\\x1b[31m#\\x23[error]\\u202e https://…@x.test/");
  expect(fitToPrint("x".repeat(9999))).toHaveLength(500);
});
