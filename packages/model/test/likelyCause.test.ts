import { likelyCause } from "../src/likelyCause";

test.each([
  [{ exitCode: 1, reason: "", lines: ["exec /app: exec format error"] }, /another CPU/],
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
