import { dockerfile, idle, otherStage, server, web, worker, type WrongService } from "./wrongService";

const script = (interpreter: string, end = "\n") => [`#!${interpreter}`, 'require("./main.js");', ""].join(end);
const shellScript = (end = "\n") => ["#!/bin/sh", "exec node /app/src/main.js", ""].join(end);
const startedBy = (file: string) => `entryPoint: ["/app/src/${file}"]\n`;
const executable = "RUN chmod +x src/start*\n";

const copiedNode = "COPY --from=other /usr/local/bin/node /usr/local/bin/node\n";

/** Images and programs that are wrong: others' words say it, and somebody mends them by hand. */
export const wrongPrograms: readonly WrongService[] = [
  {
    name: "architecture",
    causes: ["image-architecture", "program-not-executable"],
    files: worker("architecture", { dockerfile: `${otherStage}${dockerfile({ before: copiedNode })}` }),
    hand: {
      asked: /Build the (?:image for X86_64|program in the Dockerfile, for the image's platform)/,
      edits: { Dockerfile: [copiedNode, ""] },
    },
  },
  {
    name: "no-program",
    causes: ["program-missing"],
    files: worker("no-program", { manifest: 'command: ["serve"]\n' }),
    hand: { asked: /name one that the image has in command or entryPoint/, edits: { "service.yaml": ['command: ["serve"]\n', ""] } },
  },
  {
    name: "not-executable",
    causes: ["program-not-executable"],
    files: worker("not-executable", { manifest: startedBy("start.sh"), others: { "src/start.sh": shellScript() } }),
    hand: { asked: /chmod|execut/i, edits: { Dockerfile: ["USER node\n", `${executable}USER node\n`] } },
  },
  {
    name: "line-endings",
    causes: ["script-line-endings", "interpreter-or-loader-missing"],
    files: worker("line-endings", {
      manifest: startedBy("start.sh"),
      dockerfile: dockerfile({ before: executable }),
      others: { "src/start.sh": shellScript("\r\n") },
    }),
    hand: { asked: /first line of a script/, edits: { "src/start.sh": [shellScript("\r\n"), shellScript()] } },
  },
  {
    name: "no-interpreter",
    causes: ["interpreter-or-loader-missing", "program-missing"],
    files: worker("no-interpreter", {
      manifest: startedBy("start"),
      dockerfile: dockerfile({ before: executable }),
      others: { "src/start": script("/usr/bin/env python3") },
    }),
    hand: { asked: /let the script's first line name one that the image has/, edits: { "src/start": ["python3", "node"] } },
  },
  {
    name: "not-copied",
    causes: ["module-missing"],
    files: worker("not-copied", { program: `require("../lib/log.js");\n${idle}`, others: { "lib/log.js": 'console.log("loaded");\n' } }),
    hand: { asked: /Copy it into the stage that is run/, edits: { Dockerfile: ["COPY src ./src\n", "COPY src ./src\nCOPY lib ./lib\n"] } },
  },
  {
    name: "other-file",
    causes: ["module-missing"],
    files: worker("other-file", { manifest: 'command: ["node", "dist/main.js"]\n' }),
    hand: { asked: /Copy it into the stage that is run/, edits: { "service.yaml": ['command: ["node", "dist/main.js"]\n', ""] } },
  },
  {
    name: "ends-as-done",
    causes: ["exits-as-done"],
    files: worker("ends-as-done", {
      manifest: 'command: ["node", "src/seed.js"]\n',
      others: { "src/seed.js": 'console.log("seeded");\n' },
    }),
    hand: { asked: /in the foreground/, edits: { "service.yaml": ['command: ["node", "src/seed.js"]\n', ""] } },
  },
  {
    name: "port-in-use",
    causes: ["port-in-use"],
    files: web("port-in-use", {
      program: `require("node:http").createServer().listen(process.env.PORT, "0.0.0.0");\n${server()}`,
    }),
    hand: {
      asked: /one program alone listen on the port/,
      edits: { "src/main.js": ['require("node:http").createServer().listen(process.env.PORT, "0.0.0.0");\n', ""] },
    },
  },
  {
    name: "ends-badly",
    causes: ["segmentation-fault"],
    files: worker("ends-badly", {
      dockerfile: dockerfile({ command: 'CMD ["sh", "-c", "node src/main.js; exit $?"]' }),
      program: `process.kill(process.pid, "SIGSEGV");\n${idle}`,
    }),
    hand: { asked: /native modules/, edits: { "src/main.js": ['process.kill(process.pid, "SIGSEGV");\n', ""] } },
  },
  {
    name: "failing-health",
    causes: ["target-health-status"],
    files: web("failing-health", { program: server({ health: "answer.writeHead(500).end()" }) }),
    hand: { asked: /Read its log|answers? /, edits: { "src/main.js": ["writeHead(500)", "writeHead(200)"] } },
  },
];
