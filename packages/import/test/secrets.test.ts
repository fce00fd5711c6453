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

test("build arguments that look like secrets are told, and stay out", () => {
  const { result } = importedService(web, `image: { port: 1, build: { context: api, args: { NPM_TOKEN: ${planted} } } }`);
  expect([JSON.stringify(result), ...filesOf(result).values()].join("\n")).not.toContain(planted);
  expect(findingsOf(result, "image.build.args.NPM_TOKEN")).toEqual([expect.objectContaining({ outcome: "decide" })]);
});
