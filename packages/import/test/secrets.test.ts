import { filesOf } from "../src";
import { findingsOf, importedService } from "./application";

const web = "Load Balanced Web Service";
const planted = "Zq8vXn2LpR7sTw4YbK1mJh5D";

test.each([
  ["a variable", `variables: { DB_PASSWORD: ${planted} }`, "variables.DB_PASSWORD"],
  [
    "a variable of one environment",
    `environments: { prod: { variables: { DB_PASSWORD: ${planted} } } }`,
    "environments.prod.variables.DB_PASSWORD",
  ],
  ["a sidecar's variable", `sidecars: { x: { image: 'x:1', variables: { API_KEY: ${planted} } } }`, "sidecars.x.variables.API_KEY"],
  ["a URL", `variables: { DATABASE_URL: 'postgres://shop:${planted}@db.example.com/shop' }`, "variables.DATABASE_URL"],
])("%s that looks like a secret is told by its place, and its value stands nowhere", (_, rest, source) => {
  const { result } = importedService(web, rest);
  expect(findingsOf(result, source)).toEqual([
    expect.objectContaining({ outcome: "decide", place: expect.objectContaining({ file: "copilot/api/manifest.yml" }) as unknown }),
  ]);
  const written = [JSON.stringify(result), ...filesOf(result).values()].join("\n");
  expect(written).not.toContain(planted);
  expect(written).toMatch(/ssm: \/copilot\/shop\/(?:test|prod)\/secrets\//);
});

test("a file of variables with a secret is read, and the secret is written nowhere", () => {
  const { result } = importedService(web, "env_file: .env", { ".env": `A=b\nDB_PASSWORD=${planted}\n` });
  const written = [JSON.stringify(result), ...filesOf(result).values()].join("\n");
  expect(written).not.toContain(planted);
  expect(findingsOf(result, "env_file")).toEqual([
    expect.objectContaining({ outcome: "changed", now: "2 variables" }),
    expect.objectContaining({ outcome: "decide", text: expect.stringContaining("DB_PASSWORD") as string }),
  ]);
});

test.each(["command", "entrypoint"])("a %s that can't be split does not show what is in it", (key) => {
  const { result } = importedService(web, `${key}: 'run --token ${planted} "'`);
  expect(result.problems).toHaveLength(1);
  expect(JSON.stringify(result.problems)).not.toContain(planted);
});

test.each([
  ["a word of the command", `command: 'serve --password=${planted}'`, "command"],
  ["a password that only its program's flag tells", "command: redis-server --requirepass moonlight", "command"],
  ["what stands behind a word of the entrypoint", `entrypoint: [serve, --api-token, ${planted}]`, "entrypoint"],
  [
    "a word of the command in one environment",
    `command: serve\nenvironments: { prod: { command: 'serve --token ${planted}' } }`,
    "environments.prod.command",
  ],
  ["a sidecar's command", `sidecars: { x: { image: 'x:1', command: [sh, -c, 'serve --password ${planted} -v'] } }`, "sidecars.x.command"],
  ["a label", `image: { port: 1, location: 'x:1', labels: { API_TOKEN: ${planted} } }`, "image.labels.API_TOKEN"],
  ["a sidecar's label", `sidecars: { x: { image: 'x:1', labels: { API_TOKEN: ${planted} } } }`, "sidecars.x.labels.API_TOKEN"],
  [
    "a word of the check",
    `image: { port: 1, location: 'x:1', healthcheck: { command: [CMD, check, '--token=${planted}'] } }`,
    "image.healthcheck.command",
  ],
  [
    "a password of the check's",
    "image: { port: 1, location: 'x:1', healthcheck: { command: [CMD-SHELL, 'curl -u me:moonlight localhost'] } }",
    "image.healthcheck.command",
  ],
  ["an option of the logs", `logging: { destination: { Name: datadog, apikey: ${planted} } }`, "logging.destination.apikey"],
])("%s that looks like a secret is to be decided, and stands in no file that is written", (_, rest, source) => {
  const { result } = importedService(web, rest, { "copilot/environments/prod/manifest.yml": "name: prod\n" });
  expect(result.problems).toEqual([]);
  expect(findingsOf(result, source)).toEqual([
    expect.objectContaining({ outcome: "decide", text: expect.stringContaining("was not taken over") as string }),
  ]);
  expect([JSON.stringify(result), ...filesOf(result).values()].join("\n")).not.toMatch(new RegExp(`${planted}|moonlight`));
});

test("an environment whose command is held back does not get another's", () => {
  const { base, environments } = importedService(web, `command: serve\nenvironments: { prod: { command: 'serve --token ${planted}' } }`, {
    "copilot/environments/prod/manifest.yml": "name: prod\n",
  });
  expect([base.command, environments.test?.command, environments.prod?.command]).toEqual([undefined, ["serve"], undefined]);
});

test("commands, checks and options without secrets are taken over", () => {
  const { result, base } = importedService(
    web,
    "command: 'wait mysql:3306 && serve -prod --port 80 --token-file /run/token --password $PASSWORD'\nimage: { port: 80, location: 'x:1', labels: { TIER: web }, healthcheck: { command: [CMD-SHELL, 'mysqladmin ping -p$MYSQL_PASSWORD'] } }\nlogging: { destination: { Name: cloudwatch, region: '${COPILOT_ENVIRONMENT_NAME}' } }",
  );
  expect(base).toMatchObject({
    command: ["wait", "mysql:3306", "&&", "serve", "-prod", "--port", "80", "--token-file", "/run/token", "--password", "$PASSWORD"],
    dockerLabels: { TIER: "web" },
    containerHealthCheck: { command: ["CMD-SHELL", "mysqladmin ping -p$MYSQL_PASSWORD"] },
    logRouting: { options: { Name: "cloudwatch" } },
  });
  expect(result.findings.filter(({ text }) => text?.includes("secret"))).toEqual([]);
});

test("build arguments that look like secrets are told, and stay out", () => {
  const { result } = importedService(web, `image: { port: 1, build: { context: api, args: { NPM_TOKEN: ${planted} } } }`);
  expect([JSON.stringify(result), ...filesOf(result).values()].join("\n")).not.toContain(planted);
  expect(findingsOf(result, "image.build.args.NPM_TOKEN")).toEqual([expect.objectContaining({ outcome: "decide" })]);
});
