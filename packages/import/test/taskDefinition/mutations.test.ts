import { filesOf } from "../../src";
import { definition, imported } from "./definition";

const whole = definition(
  {
    environment: [{ name: "A", value: "b" }],
    secrets: [{ name: "S", valueFrom: "arn:aws:ssm:eu-west-1:111122223333:parameter/s" }],
    command: ["serve"],
    entryPoint: null,
    healthCheck: { command: ["CMD", "x"], interval: 30 },
    mountPoints: [{ sourceVolume: "v", containerPath: "/v", readOnly: false }],
    logConfiguration: { logDriver: "awsfirelens", options: { Name: "x" } },
    linuxParameters: { initProcessEnabled: true, tmpfs: [{ containerPath: "/t" }] },
    ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 2 }],
    dependsOn: [{ containerName: "log", condition: "START" }],
    dockerLabels: { a: "b" },
    repositoryCredentials: { credentialsParameter: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:x" },
  },
  {
    volumes: [{ name: "v", host: { sourcePath: "" } }],
    runtimePlatform: { cpuArchitecture: "ARM64" },
    ephemeralStorage: { sizeInGiB: 21 },
    tags: [],
  },
  [{ name: "log", image: "log:1", firelensConfiguration: { type: "fluentbit" } }],
);
const workflow =
  "jobs: { d: { steps: [{ uses: aws-actions/amazon-ecs-render-task-definition@v1, with: { task-definition: t.json, container-name: web } }] } }\n";
const bits = [
  "null",
  "[]",
  "{}",
  "true",
  "-1",
  '"x"',
  '[1, {"a": 2}]',
  '{"a": 1}',
  '"${X}"',
  "'",
  "1e9",
  "&a 1",
  "*a",
  "!x 1",
  "<<: 1",
  '"\\u0000"',
];

test("none of 300 broken task definitions ends in anything but a report or problems with their places", () => {
  let state = 7;
  const random = (below: number) => Math.floor(((state = (state * 1103515245 + 12345) % 2147483648) / 2147483648) * below);
  let refused = 0;
  for (let round = 0; round < 300; round++) {
    const isOfWorkflow = round % 10 === 0;
    const lines = (isOfWorkflow ? workflow : whole).split("\n");
    for (let change = 0; change <= random(3); change++) {
      const index = random(lines.length);
      const line = lines[index]!;
      const words = [...line.matchAll(/"[^"]*"|[\w.-]+/g)];
      const word = words[random(words.length)];
      const replaced = word ? line.slice(0, word.index) + bits[random(bits.length)]! + line.slice(word.index + word[0].length) : line;
      lines[index] = [replaced, replaced, line.slice(0, random(line.length)), `${line}\n${line}`, ""][random(5)]!;
    }
    const text = lines.join("\n");
    const files = isOfWorkflow
      ? { "t.json": whole, ".github/workflows/d.yml": text }
      : { "t.json": text, ".github/workflows/d.yml": workflow };
    const result = imported(files, { lenient: round % 2 === 0 });
    filesOf(result);
    if (result.problems.length > 0) refused++;
    for (const { code, file, line, column } of result.problems)
      expect([code, file in files, line > 0, column > 0]).toEqual([expect.stringMatching(/^FL29/), true, true, true]);
  }
  expect(refused).toBeGreaterThan(50);
  expect(refused).toBeLessThan(290);
});
