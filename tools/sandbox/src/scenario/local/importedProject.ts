const dockerfile = `FROM public.ecr.aws/docker/library/node:22-bookworm-slim
WORKDIR /app
COPY package.json ./
RUN npm install --omit=dev --no-audit --no-fund
COPY . .
CMD ["node", "main.js"]
`;

const server = (before: string, answered: string, start: string) => `const { createServer } = require("node:http");
${before}
const server = createServer(async (asked, answer) => {
  if (asked.url === "/health") return answer.end("healthy");
${answered}
});
${start}
process.on("SIGTERM", () => server.close(() => process.exit(0)));
`;

const listen = 'server.listen(process.env.PORT ?? 3000, () => console.log("listening"))';

const vote = server(
  `const { createClient } = require("redis");

const votes = createClient({ url: process.env.REDIS_URL });
votes.on("error", (error) => console.error(error.message));`,
  `  const [, choice] = /^\\/vote\\/(\\w+)$/.exec(asked.url) ?? [];
  if (choice) await votes.lPush("votes", choice);
  answer.end(choice ? \`voted \${choice}\` : "vote at /vote/<choice>");`,
  `votes.connect().then(() => ${listen});`,
);

const result = server(
  `const { Pool } = require("pg");

const database = new Pool({ connectionString: process.env.DATABASE_URL });`,
  `  const { rows } = await database.query("SELECT choice, times FROM votes ORDER BY choice").catch((error) => ({ rows: [{ choice: error.message, times: 0 }] }));
  answer.end(rows.map(({ choice, times }) => \`\${choice} \${times}\`).join(", ") || "no votes");`,
  `${listen};`,
);

const worker = `const { Client } = require("pg");
const { createClient } = require("redis");

async function main() {
  const votes = createClient({ url: process.env.REDIS_URL });
  const database = new Client({ connectionString: process.env.DATABASE_URL });
  await Promise.all([votes.connect(), database.connect()]);
  await database.query("CREATE TABLE IF NOT EXISTS votes (choice text PRIMARY KEY, times integer NOT NULL)");
  for (;;) {
    const { element } = await votes.brPop("votes", 0);
    await database.query("INSERT INTO votes VALUES ($1, 1) ON CONFLICT (choice) DO UPDATE SET times = votes.times + 1", [element]);
  }
}
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
process.on("SIGTERM", () => process.exit(0));
`;

const composeFile = `name: ballots
services:
  vote:
    build: ./vote
    ports: ["8080:3000"]
    environment:
      REDIS_URL: redis://votes:6379
    depends_on:
      votes:
        condition: service_healthy
    healthcheck:
      test: ["CMD", "node", "-e", "fetch('http://localhost:3000/health').then((a) => process.exit(a.ok ? 0 : 1))"]
      interval: 10s
  worker:
    build: ./worker
    environment:
      REDIS_URL: redis://votes:6379
      DATABASE_URL: postgres://ballots:ballots@db:5432/ballots
    depends_on: [votes, db]
  result:
    build: ./result
    ports: ["8081:3000"]
    environment:
      DATABASE_URL: postgres://ballots:ballots@db:5432/ballots
    depends_on: [db]
  votes:
    image: redis:7
    healthcheck:
      test: ["CMD", "redis-cli", "ping"]
  db:
    image: postgres:16
    environment:
      POSTGRES_USER: ballots
      POSTGRES_PASSWORD: ballots
      POSTGRES_DB: ballots
    volumes:
      - db-data:/var/lib/postgresql/data
volumes:
  db-data:
`;

const packageOf = (name: string, dependencies: Record<string, string>) =>
  `${JSON.stringify({ name, version: "1.0.0", dependencies }, null, 2)}\n`;
const [redis, pg] = [{ redis: "4.7.1" }, { pg: "8.13.1" }];

/** A project as people have it who vote between two things: who asks, who counts, who shows, a cache and a database, in a Compose file of its own. */
export const importedProject: Readonly<Record<string, string>> = {
  "compose.yaml": composeFile,
  ...folder("vote", redis, vote),
  ...folder("worker", { ...redis, ...pg }, worker),
  ...folder("result", pg, result),
};

function folder(name: string, dependencies: Record<string, string>, program: string): Record<string, string> {
  return { [`${name}/Dockerfile`]: dockerfile, [`${name}/package.json`]: packageOf(name, dependencies), [`${name}/main.js`]: program };
}
