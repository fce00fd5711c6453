import { filesOf } from "../../src";
import { findingsOf, importedService } from "./project";

const mysql = (environment: string) => `db: { image: 'mysql:8', environment: ${environment} }`;

test("a password that a server of the project is started with is made by the environment, and whoever calls the server has it too", () => {
  const { result, manifest, manifestOf } = importedService(
    "environment: { DB_HOST: db, DB_PASSWORD: moonlight1, DB_USER: shop }",
    {},
    mysql("{ MYSQL_PASSWORD: moonlight1, MYSQL_USER: shop, MYSQL_ROOT_PASSWORD: starlight2 }"),
  );
  expect(result.problems).toEqual([]);
  expect(manifest).toMatchObject({
    uses: [{ name: "mysql-password", as: { value: "DB_PASSWORD" } }],
    environment: { DB_HOST: "db.shop.internal", DB_USER: "shop" },
  });
  expect(manifestOf("db").uses).toEqual([
    { name: "db-files", containerPath: "/var/lib/mysql" },
    { name: "mysql-password", as: { value: "MYSQL_PASSWORD" } },
    { name: "mysql-root-password", as: { value: "MYSQL_ROOT_PASSWORD" } },
  ]);
  expect(filesOf(result).get("stacks/data.ts")).toContain('"mysql-password": secret(),');
  expect(findingsOf(result, "environment.DB_PASSWORD")).toMatchObject([{ outcome: "changed", to: "uses[mysql-password].as.value" }]);
  expect([...filesOf(result).values()].join("\n")).not.toMatch(/moonlight1|starlight2/);
});

test.each<[what: string, environment: string, names: string[]]>([
  ["a key that signs", "{ JWT_SECRET: abcdef123, SESSION_SECRET: x1y2z3 }", ["jwt-secret", "session-secret"]],
  ["one that whoever runs Compose gives", "{ SECRET_KEY: '${SECRET_KEY}', JWT_SECRET: }", ["secret-key", "jwt-secret"]],
  ["the first account of an image", "{ GF_SECURITY_ADMIN_PASSWORD: grafana1 }", ["gf-security-admin-password"]],
])("%s is made by the environment", (_, environment, names) => {
  const { result, manifest } = importedService(`environment: ${environment}`);
  expect((manifest.uses as { name: string }[]).map(({ name }) => name)).toEqual(names);
  expect(result.findings.filter(({ outcome }) => outcome === "decide")).toEqual([]);
});

test("what Rails signs with is as long as Rails asks for", () => {
  const { result } = importedService("environment: { SECRET_KEY_BASE: abc123def456 }");
  expect(filesOf(result).get("stacks/data.ts")).toContain('"secret-key-base": secret({ length: 64 }),');
});

test.each([
  ["of a third party", "{ STRIPE_SECRET_KEY: abc123x, OAUTH_CLIENT_SECRET: abc123y, SLACK_SIGNING_SECRET: abc123z }", ""],
  ["that stands in a URL as well", "{ URL: 'mysql://shop:moonlight1@db/x' }", mysql("{ MYSQL_PASSWORD: moonlight1 }")],
  ["that another text has within itself", "{ DSN: 'shop:${PW}@db' }", mysql("{ MYSQL_PASSWORD: '${PW}' }")],
  ["that is empty", "{ JWT_SECRET: '' }", ""],
])("a secret is not made here %s", (_, environment, services) => {
  const { result } = importedService(`environment: ${environment}`, {}, services);
  expect(filesOf(result).get("stacks/data.ts")).not.toContain("secret(");
});

test("secrets that are files are written before the program starts, with a new value", () => {
  const { result, manifest, manifestOf } = importedService(
    "secrets: [db-password, { source: db-password, target: /etc/app/pw }, payments]",
    {},
    "db: { image: 'mariadb:11', environment: { MYSQL_ROOT_PASSWORD_FILE: /run/secrets/db-password }, secrets: [db-password] }",
  );
  expect(result.problems).toEqual([]);
  expect(manifestOf("db")).toMatchObject({
    environment: { MYSQL_ROOT_PASSWORD_FILE: "/run/secrets/db-password" },
    uses: [{ name: "db-files" }, { name: "db-password", containerPath: "/run/secrets/db-password" }],
  });
  expect(manifest.uses).toEqual([{ name: "db-password", containerPath: "/run/secrets/db-password" }]);
  expect([0, 1, 2].map((index) => findingsOf(result, `secrets[${index}]`).map(({ outcome }) => outcome))).toEqual([
    ["changed"],
    ["decide"],
    ["decide"],
  ]);
});

test("of a database that AWS looks after each service has a password of its own, and no file of it", () => {
  const { result, manifest } = importedService("secrets: [pw]\ndepends_on: [db]", {}, "db: { image: 'postgres:16', secrets: [pw] }");
  expect(findingsOf(result, "secrets[0]")).toMatchObject([{ outcome: "decide", text: expect.stringContaining("binding") as string }]);
  expect(manifest.uses).toEqual([{ name: "db" }]);
});
