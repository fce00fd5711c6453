import type { CauseId } from "@fairlead/diagnosis";

import type { AwsAccount } from "../../../aws/awsAccount";

/** A service whose first version does not come to serve, and how it is mended by what the doctor says of it. */
export interface WrongService {
  /** What is wrong, as a service may be named. */
  name: string;
  /** What the doctor is to name first: one of these, where nothing that is said tells them apart. */
  causes: CauseId[];
  /** Its files, by their path in its folder. */
  files: Record<string, string>;
  /** What somebody does who reads the doctor's words. Without it the doctor proposes a diff, which is applied as it is. */
  hand?: Hand;
}

/** What is done by hand, and the words of the doctor that ask for it. */
export interface Hand {
  asked: RegExp;
  /** Of the service's files: what is replaced by what. */
  edits?: Record<string, readonly [from: string, to: string]>;
  /** Whether the doctor proposes a diff as well, which is applied. */
  isBesideDiff?: true;
  /** In the account. */
  act?: (aws: AwsAccount) => Promise<void>;
}

interface Given {
  /** Further lines of service.yaml. */
  manifest?: string;
  /** src/main.js. */
  program?: string;
  dockerfile?: string;
  others?: Record<string, string>;
}

const base = "public.ecr.aws/docker/library/node:22-bookworm-slim";
const start = 'CMD ["node", "src/main.js"]';

export const dockerfile = ({ before = "", command = start } = {}): string =>
  `FROM ${base}\nWORKDIR /app\nCOPY src ./src\n${before}USER node\n${command}\n`;

/** A stage for another CPU than the task's. */
export const otherStage = `FROM --platform=linux/arm64 ${base} AS other\n`;

/** A program that does nothing for long. */
export const idle = `const timer = setInterval(() => undefined, 1000);
process.on("SIGTERM", () => clearInterval(timer));
`;

/** A program that answers its health check, and ends as it is asked to. */
export const server = ({ port = "process.env.PORT", host = '"0.0.0.0"', health = "answer.end()", says = '"listening"' } = {}): string => `
const server = require("node:http").createServer((asked, answer) => {
  if (asked.url === "/health") return ${health};
  answer.writeHead(404).end();
});
server.listen(${port}, ${host}, () => console.log(${says}));
process.on("SIGTERM", () => server.close());
`;

/** The files of a worker. */
export const worker = (name: string, { manifest = "", program = idle, dockerfile: image = dockerfile(), others = {} }: Given) => ({
  "service.yaml": `name: ${name}\nowner: shop\nversion: 1.0.0\nkind: worker\ndesiredCount: 1\n${manifest}`,
  Dockerfile: image,
  "src/main.js": program,
  ...others,
});

/** The files of a web service. `healthCheck` are further lines of its health check. */
export const web = (
  name: string,
  {
    manifest = "",
    program = server(),
    others = {},
    healthCheck = "",
    ...keys
  }: Given & { port?: number; path?: string; healthCheck?: string },
) => ({
  "service.yaml": `name: ${name}
owner: shop
version: 1.0.0
containerPort: ${keys.port ?? 8080}
desiredCount: 1
routes:
  - path: /${name}/*
${manifest}healthCheck:
  path: ${keys.path ?? "/health"}
${healthCheck}`,
  Dockerfile: dockerfile(),
  "src/main.js": program,
  ...others,
});
