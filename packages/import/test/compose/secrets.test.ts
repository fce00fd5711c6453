import { filesOf } from "../../src";
import { findingsOf, imported, importedService } from "./project";

const planted = "Zq8vXn2LpR7sTw4YbK1mJh5D";
const nowhere = (result: Parameters<typeof filesOf>[0]) =>
  expect([JSON.stringify(result), ...filesOf(result).values()].join("\n")).not.toContain(planted);

test.each([
  ["a variable", `environment: { API_TOKEN: ${planted} }`, "environment.API_TOKEN"],
  ["a variable of a list", `environment: [API_TOKEN=${planted}]`, "environment[0]"],
  ["a default", `environment: { API_TOKEN: '\${TOKEN:-${planted}}' }`, "environment.API_TOKEN"],
  ["a URL", `environment: { FEED: 'https://shop:${planted}@feed.example.com/x' }`, "environment.FEED"],
])("%s that looks like a secret is told by its place, and its value stands nowhere", (_, rest, key) => {
  const { result, manifest } = importedService(rest);
  expect(findingsOf(result, key)).toEqual([expect.objectContaining({ outcome: "decide" })]);
  expect(JSON.stringify(manifest.secrets)).toMatch(/\/shop\/dev\/(?:API_TOKEN|FEED)/);
  nowhere(result);
});

test.each([
  ["a file of variables", "env_file: api.env", { "api.env": `API_TOKEN=${planted}\n` }],
  [".env", "environment: { API_TOKEN: '${TOKEN}' }", { ".env": `TOKEN=${planted}\n` }],
  ["build arguments", `build: { context: ., args: { NPM_TOKEN: ${planted} } }`, { Dockerfile: "FROM scratch\n" }],
])("a secret in %s is written nowhere", (_, rest, files) => {
  nowhere(importedService(rest, files).result);
});

test.each([
  ["a word of the command", `command: serve --password=${planted}`, "command", {}],
  ["what stands behind a word of the command", `command: [serve, --api-token, ${planted}]`, "command", {}],
  ["a variable before a program of the entrypoint", "entrypoint: [sh, -c, 'PGPASSWORD=moonlight psql']", "entrypoint", {}],
  ["a variable of .env in the command", "command: serve --token ${TOKEN}", "command", { ".env": `TOKEN=${planted}\n` }],
  ["a label", `labels: { API_TOKEN: ${planted} }`, "labels.API_TOKEN", {}],
  ["a label of a list", `labels: [API_TOKEN=${planted}]`, "labels[0]", {}],
  ["a proxy's label", `labels: { traefik.http.middlewares.token: ${planted} }`, undefined, {}],
  ["a word of the check", `healthcheck: { test: [CMD, check, --token, ${planted}] }`, "healthcheck.test", {}],
  ["a password of the check's", "healthcheck: { test: 'mysqladmin ping -u root -pmoonlight' }", "healthcheck.test", {}],
  ["an option of the logs", `logging: { driver: splunk, options: { splunk-token: ${planted} } }`, undefined, {}],
])("%s that looks like a secret stands in no file that is written, and is to be decided where it was said", (_, rest, key, files) => {
  const { result, manifest } = importedService(rest, files);
  expect(result.problems).toEqual([]);
  if (key !== undefined)
    expect(findingsOf(result, key)).toEqual([
      expect.objectContaining({ outcome: "decide", text: expect.stringContaining("was not taken over") as string }),
    ]);
  expect([manifest.command, manifest.entryPoint, manifest.dockerLabels, manifest.containerHealthCheck]).toEqual(Array(4).fill(undefined));
  expect([JSON.stringify(result), ...filesOf(result).values()].join("\n")).not.toMatch(new RegExp(`${planted}|moonlight`));
});

test("the login of a repository that is built from stands nowhere", () => {
  const { result } = importedService(`build: 'https://me:${planted}@git.example.com/shop.git#main'`);
  expect(findingsOf(result, "build")).toMatchObject([{ outcome: "decide", text: expect.stringContaining("another repository") }]);
  nowhere(result);
});

test("a line that can't be read is not shown: its value may be a password", () => {
  const { problems } = imported({ "compose.yaml": `services: { api: { image: api:1, environment: { DB_PASSWORD: "${planted}$9x" } } }\n` });
  expect(problems).toMatchObject([{ code: "FL2904", isSecret: true }]);
});

test("passwords of a database are new, and the old ones stand nowhere", () => {
  const { result, manifest } = importedService(
    `environment: { DATABASE_URL: 'postgres://shop:${planted}@db:5432/shop', PGPASSWORD: ${planted}, PGHOST: db }`,
    {},
    `db: { image: 'postgres:16', environment: { POSTGRES_PASSWORD: ${planted}, POSTGRES_USER: shop } }\ncache: { image: 'redis:7', command: redis-server --requirepass ${planted} }`,
  );
  expect(manifest.uses).toEqual([{ name: "db", as: { url: "DATABASE_URL", password: "PGPASSWORD", host: "PGHOST" } }]);
  nowhere(result);
});

test("variables that are keys of AWS are left out: a task has a role", () => {
  const { result, manifest } = importedService(`environment: { AWS_SECRET_ACCESS_KEY: ${planted}, AWS_ACCESS_KEY_ID: '\${KEY}' }`);
  expect([manifest.environment, manifest.secrets]).toEqual([undefined, undefined]);
  expect(findingsOf(result, "environment.AWS_ACCESS_KEY_ID")).toEqual([expect.objectContaining({ outcome: "decide", to: "permissions" })]);
  nowhere(result);
});

test("problems don't show what may be a secret", () => {
  const text = `services: { api: { image: 'a:1', command: 'run --token ${planted} "', environment: { X: [${planted}] } } }`;
  const { problems } = imported({ "compose.yaml": text });
  expect(problems.length).toBeGreaterThan(0);
  expect(JSON.stringify(problems)).not.toContain(planted);
});

test("one variable of several services is one parameter, another value of the same name is another", () => {
  const { manifest, manifestOf } = importedService(
    "environment: { API_TOKEN: '${TOKEN}' }",
    {},
    `same: { image: 'a:1', environment: { API_TOKEN: '\${TOKEN}' } }\nother: { image: 'a:1', environment: { API_TOKEN: '\${OTHER}' } }`,
  );
  expect([manifest.secrets, manifestOf("same").secrets, manifestOf("other").secrets]).toEqual([
    { API_TOKEN: { ssm: "/shop/dev/API_TOKEN", redeployOnChange: true } },
    { API_TOKEN: { ssm: "/shop/dev/API_TOKEN", redeployOnChange: true } },
    { API_TOKEN: { ssm: "/shop/dev/other/API_TOKEN", redeployOnChange: true } },
  ]);
});

test("what comes from the shell of whoever runs Compose is a parameter, without which up refuses the service", () => {
  const { result, manifest, manifestOf } = importedService(
    "ports: ['80:80']\nenvironment: { STAGE: '${STAGE}', FEED: 'https://${FEED_HOST}/x', PORT: '${PORT}', GREETING: '${GREETING:-hello}' }",
    {},
    "once: { image: 'a:1', environment: [STAGE] }\nafter: { image: 'b:1', depends_on: { once: { condition: service_completed_successfully } } }",
  );
  expect(manifest.environment).toEqual({ GREETING: "hello" });
  expect(manifest.secrets).toEqual({
    STAGE: { ssm: "/shop/dev/STAGE", redeployOnChange: true },
    FEED: { ssm: "/shop/dev/FEED", redeployOnChange: true },
  });
  // A job has no such key: its run fails, and up with it.
  expect(manifestOf("once")).toMatchObject({ kind: "job", secrets: { STAGE: { ssm: "/shop/dev/STAGE" } } });
  for (const key of ["STAGE", "FEED", "PORT"])
    expect(findingsOf(result, `environment.${key}`)).toEqual([expect.objectContaining({ outcome: "changed" })]);
  expect(findingsOf(result, "environment.STAGE")[0]!.text).toContain("FL2503");
  const report = filesOf(result).get("import-report.md")!;
  expect(report).toContain("`aws ssm put-parameter --type String --name /shop/dev/STAGE --value …`, for api, once");
});

test("a file that is not committed has the names of its example; its values are nobody's, but for addresses of services", () => {
  const { result, manifest } = importedService(
    "env_file: [.env]\nports: ['80:80']",
    {
      ".env.example": `API_TOKEN=${planted}\nPORT=3000\nJWT_SECRET=x\nDATABASE_URL=postgres://shop:${planted}@db:5432/shop\nBACK=http://back:90\nBACK_LOGIN=http://shop:${planted}@back:90\nLANG=en\n`,
    },
    "db: { image: 'postgres:16' }\nback: { image: 'b:1', expose: ['90'] }",
  );
  expect(result.problems).toEqual([]);
  expect(manifest).toMatchObject({
    uses: [
      { name: "db", as: { url: "DATABASE_URL" } },
      { name: "jwt-secret", as: { value: "JWT_SECRET" } },
    ],
    calls: ["back"],
    environment: { BACK: "http://back.shop.internal:90" },
    secrets: {
      API_TOKEN: { ssm: "/shop/dev/API_TOKEN", redeployOnChange: true },
      BACK_LOGIN: { ssm: "/shop/dev/BACK_LOGIN", redeployOnChange: true },
      LANG: { ssm: "/shop/dev/LANG", redeployOnChange: true },
    },
  });
  expect(findingsOf(result, "env_file[0]").filter(({ outcome }) => outcome !== "changed")).toEqual([]);
  nowhere(result);
});

test("a variable may have dots and hyphens, which ECS takes, and nothing else that shells don't read", () => {
  const { result, manifest } = importedService("environment: { discovery.type: single-node, x-pack.password: moonlight1, 'a b': c }");
  expect(findingsOf(result, "environment.discovery.type")).toEqual([expect.objectContaining({ outcome: "exact" })]);
  expect(findingsOf(result, "environment.a b")).toEqual([expect.objectContaining({ outcome: "decide" })]);
  expect(manifest).toMatchObject({
    environment: { "discovery.type": "single-node" },
    secrets: { "x-pack.password": { ssm: "/shop/dev/x-pack.password" } },
  });
});

test("a password of a database is told under any name, and what stands in for a secret is none", () => {
  const { result, manifest } = importedService(
    "environment: { CUSTOM: moonlight1, OWNER: shop, API_TOKEN: changeme, PAYMENT_API_KEY: <your-key>, TOKEN_URL: change }",
    {},
    "db: { image: 'postgres:16', environment: { POSTGRES_PASSWORD: moonlight1, POSTGRES_USER: shop } }",
  );
  expect(manifest.environment).toEqual({ OWNER: "shop", TOKEN_URL: "change" });
  expect(Object.keys(manifest.secrets as object)).toEqual(["CUSTOM", "API_TOKEN", "PAYMENT_API_KEY"]);
  expect([JSON.stringify(result), ...filesOf(result).values()].join("\n")).not.toContain("moonlight1");
});
