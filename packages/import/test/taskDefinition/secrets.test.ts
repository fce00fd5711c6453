import { filesOf } from "../../src";
import { findingsOf, importedService } from "./definition";

const planted = "Zq8vXn2LpR7sTw4YbK1mJh5D";

test.each([
  ["a variable", { environment: [{ name: "DB_PASSWORD", value: planted }] }, "environment[0]"],
  ["a URL", { environment: [{ name: "DATABASE_URL", value: `postgres://shop:${planted}@db.example.com/shop` }] }, "environment[0]"],
  ["a word of the command", { command: ["serve", `--password=${planted}`] }, "command"],
  ["what stands behind a word of the command", { command: ["serve", "--api-token", planted] }, "command"],
  ["a word of the shell's", { entryPoint: ["sh", "-c", `serve --password ${planted} --fast`] }, "entryPoint"],
  ["a word of the check", { healthCheck: { command: ["CMD", "check", `--token=${planted}`] } }, "healthCheck.command"],
  ["a label", { dockerLabels: { API_TOKEN: planted } }, "dockerLabels.API_TOKEN"],
  ["an option of the logs", { logConfiguration: { logDriver: "awsfirelens", options: { apikey: planted } } }, "logConfiguration"],
])("%s that looks like a secret is told by its place, and its value stands nowhere", (_, container, key) => {
  const { result } = importedService(container);
  expect(findingsOf(result, `containerDefinitions[0].${key}`)).toContainEqual(
    expect.objectContaining({ outcome: "decide", place: expect.objectContaining({ file: "task-definition.json" }) as unknown }),
  );
  expect([JSON.stringify(result), ...filesOf(result).values()].join("\n")).not.toContain(planted);
});

test.each([
  ["environment", [planted]],
  ["environment", [{ value: planted }]],
  ["secrets", [{ name: "A", valueFrom: [planted] }]],
  ["command", { a: planted }],
])("what can't be read of %s does not show what is in it", (key, value) => {
  const { result } = importedService({ [key]: value });
  expect(result.problems).toHaveLength(1);
  expect(JSON.stringify(result.problems)).not.toContain(planted);
});
