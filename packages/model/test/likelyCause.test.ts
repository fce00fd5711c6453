import { likelyCause } from "../src/likelyCause";

test.each([
  [{ exitCode: 1, reason: "", lines: ["exec /app: exec format error"] }, /another CPU/],
  [
    {
      exitCode: 2,
      reason: "",
      lines: ["/usr/bin/node: 1: \x7fELF\x02\x01\x01: not found", '/usr/bin/node: 2: Syntax error: ")" unexpected'],
    },
    /another CPU/,
  ],
  [{ exitCode: 137, reason: "OutOfMemoryError: killed", lines: [] }, /memoryMiB/],
  [{ exitCode: 127, reason: "", lines: [] }, /not in the image/],
  [{ exitCode: 1, reason: "", lines: ['getaddrinfo ENOTFOUND "db"'] }, /uses:/],
  [
    { exitCode: 127, reason: "", lines: ["/app: error while loading shared libraries: libpq.so.5: cannot open shared object file"] },
    /a library/,
  ],
  [{ exitCode: 1, reason: "", lines: ["/app: /lib/libc.so.6: version `GLIBC_2.38' not found (required by /app)"] }, /a library/],
  [{ exitCode: 1, reason: "", lines: ["Error: Cannot find module '/app/dist/main.js'"] }, /its interpreter/],
  [{ exitCode: 1, reason: "", lines: ["Error: EROFS: read-only file system, open '/app/x'"] }, /read-only/],
  [{ exitCode: 1, reason: "", lines: ['mkdir() "/var/cache/nginx" failed (13: Permission denied)'] }, /its user may not/],
  [{ exitCode: 0, reason: "", lines: [] }, /went to the background/],
])("%j has its usual cause", (remains, cause) => {
  expect(likelyCause(remains)?.cause).toMatch(cause);
});

test("an end without a usual cause has none", () => {
  expect(likelyCause({ exitCode: 1, reason: "Essential container in task exited", lines: ["boom"] })).toBeUndefined();
});

test.each([
  ["script-line-endings", "env: 'node\\r': No such file or directory"],
  ["script-line-endings", "/bin/sh: /app/run.sh: /bin/bash^M: bad interpreter: No such file or directory"],
  ["privileged-port", "nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)"],
  ["privileged-port", "Error: listen EACCES: permission denied 0.0.0.0:443"],
  ["privileged-port", "listen tcp :80: bind: permission denied"],
  ["user-rights", "Error: EACCES: permission denied, open '/data/8080'"],
  ["ulimits", "accept4: too many open files; retrying in 1s"],
  ["database-connections", "FATAL: sorry, too many clients already"],
  ["database-password", 'FATAL: password authentication failed for user "orders"'],
  ["task-role-permission", "User: arn:aws:sts::1:assumed-role/api-task/x is not authorized to perform: sqs:ReceiveMessage"],
  ["unresolvable-name", 'could not translate host name "db" to address: Name or service not known'],
  ["dependency-unreachable", "connect ECONNREFUSED 10.0.3.4:5432"],
  ["port-in-use", "Web server failed to start. Port 8080 was already in use."],
  ["interpreter-or-loader-missing", "exec /docker-entrypoint.sh: no such file or directory"],
  ["interpreter-or-loader-missing", "/usr/bin/env: ‘python3’: No such file or directory"],
  ["interpreter-or-loader-missing", "env: 'python3': No such file or directory"],
  ["interpreter-or-loader-missing", "env: can't execute 'python3': No such file or directory"],
  ["interpreter-or-loader-missing", "env: exec python3: No such file or directory"],
  ["program-not-executable", "exec /app/start: permission denied"],
])("%s is what a program says by: %s", (id, line) => expect(likelyCause({ exitCode: 1, reason: "", lines: [line] })?.id).toBe(id));

test.each(["Server listening on port 8080", "GET /permission denied? 200", "listening on 0.0.0.0:80"])("%s is no cause", (line) =>
  expect(likelyCause({ exitCode: 1, reason: "", lines: [line] })?.id).not.toBe("privileged-port"),
);
