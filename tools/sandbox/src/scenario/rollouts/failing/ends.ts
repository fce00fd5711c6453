import { essentialExited, program, server, type FailingService } from "../failingService";

/** Programs that end. */
export const ends: FailingService[] = [
  {
    name: "exits",
    causes: ["crash-at-start"],
    image: program('console.error("Error: the configuration is not valid"); process.exit(1);'),
    expected: { ...essentialExited, exitCode: 1, log: /^Error: the configuration is not valid$/m },
  },
  {
    name: "ends-at-once",
    causes: ["exits-as-done"],
    image: program('console.log("done");'),
    expected: { ...essentialExited, exitCode: 0, log: /^done$/m },
  },
  {
    name: "segmentation-fault",
    causes: ["segmentation-fault"],
    image: program('process.kill(process.pid, "SIGSEGV"); setTimeout(() => undefined, 9000);', {
      Cmd: ["sh", "-c", "node main.js; exit $?"],
    }),
    expected: { ...essentialExited, exitCode: 139 },
  },
  {
    name: "out-of-memory",
    causes: ["out-of-memory-container"],
    image: program("const kept = []; setInterval(() => kept.push(Buffer.alloc(16 << 20, 1)), 10);"),
    container: { memory: 96 },
    expected: { ...essentialExited, exitCode: 137, reason: /^OutOfMemoryError: Container killed due to memory usage$/ },
  },
  {
    name: "unresolvable-name",
    causes: ["unresolvable-name"],
    image: program('require("node:net").connect(5432, "db");'),
    expected: { ...essentialExited, exitCode: 1, log: /getaddrinfo ENOTFOUND db/ },
  },
  {
    name: "refused-connection",
    causes: ["dependency-unreachable"],
    image: program('require("node:net").connect(5432, "127.0.0.1");'),
    expected: { ...essentialExited, exitCode: 1, log: /ECONNREFUSED 127\.0\.0\.1:5432/ },
  },
  {
    name: "read-only",
    causes: ["read-only-file-system"],
    image: program(server({ before: 'require("node:fs").writeFileSync("/tmp/cache", "x");' })),
    container: { readonlyRootFilesystem: true },
    expected: { ...essentialExited, exitCode: 1, log: /EROFS: read-only file system, open '\/tmp\/cache'/ },
  },
  {
    name: "users-rights",
    causes: ["user-rights"],
    image: program(server({ before: 'require("node:fs").writeFileSync("/app/cache", "x");' })),
    expected: { ...essentialExited, exitCode: 1, log: /EACCES: permission denied, open '\/app\/cache'/ },
  },
  {
    name: "low-port",
    causes: ["privileged-port"],
    image: program(server({ port: "80" })),
    expected: { ...essentialExited, exitCode: 1, log: /listen EACCES: permission denied 0\.0\.0\.0:80/ },
  },
  {
    name: "port-in-use",
    causes: ["port-in-use"],
    image: program(server({ before: 'require("node:http").createServer().listen(process.env.PORT, "0.0.0.0");' })),
    expected: { ...essentialExited, exitCode: 1, log: /EADDRINUSE: address already in use 0\.0\.0\.0:8080/ },
  },
  {
    name: "missing-module",
    causes: ["module-missing"],
    image: program('require("express");'),
    expected: { ...essentialExited, exitCode: 1, log: /Cannot find module 'express'/ },
  },
  {
    name: "missing-file",
    causes: ["module-missing"],
    container: { command: ["node", "dist/main.js"] },
    expected: { ...essentialExited, exitCode: 1, log: /Cannot find module '\/app\/dist\/main\.js'/ },
  },
  {
    name: "missing-variable",
    causes: ["crash-at-start"],
    image: program(server({ before: 'if (!process.env.DATABASE_URL) throw new Error("DATABASE_URL is not set");' })),
    expected: { ...essentialExited, exitCode: 1, log: /Error: DATABASE_URL is not set/ },
  },
  {
    name: "failing-migration",
    causes: ["dependency-container", "crash-at-start"],
    before: { name: "migrate", essential: true, command: ["node", "-e", 'throw new Error("relation users exists")'] },
    expected: { ...essentialExited },
  },
];
