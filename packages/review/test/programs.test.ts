import { planOf, resource } from "@fairlead/changes/testing/plans";

import { severities, told } from "./judged";

type Container = Record<string, unknown>;
const type = "aws:ecs/taskDefinition:TaskDefinition";
const definitions = (...containers: Container[]) => ({ containerDefinitions: JSON.stringify(containers) });
const severitiesOf = (before: Container, after: Container) =>
  severities(type, definitions({ name: "api", user: "1000", ...before }), definitions({ name: "api", user: "1000", ...after }));

describe("what a container runs", () => {
  test.each<[string, Container, Container, string[]]>([
    ["the same program, told more", { command: ["serve", "--port=80"] }, { command: ["serve", "--port=81", "--verbose"] }, []],
    [
      "the same script, and node told more",
      { command: ["node", "a.js"] },
      { command: ["/usr/bin/node", "--enable-source-maps", "a.js"] },
      [],
    ],
    ["the same, divided otherwise", { command: ["node", "a.js"] }, { entryPoint: ["node"], command: ["a.js"] }, []],
    ["another script", { command: ["node", "a.js"] }, { command: ["node", "truncate.js"] }, ["unknown"]],
    ["another script of npm's", { command: ["npm", "run", "start"] }, { command: ["npm", "run", "seed"] }, ["unknown"]],
    ["another module", { command: ["python", "-m", "app.web"] }, { command: ["python", "-m", "app.worker"] }, ["unknown"]],
    ["another program", { command: ["serve"] }, { command: ["migrate"] }, ["unknown"]],
    ["what the image didn't say", {}, { command: ["node", "src/truncate.js"] }, ["unknown"]],
    ["what the image says", { command: ["serve"] }, {}, ["interruption"]],
    ["nothing", {}, { command: ["sleep", "infinity"] }, ["noCapacity"]],
    ["nothing, by its path", { command: ["serve"] }, { entryPoint: ["/bin/sleep"], command: ["3600"] }, ["noCapacity"]],
    ["nothing, in a shell", {}, { entryPoint: ["sh", "-c", "while true; do sleep 60; done"] }, ["noCapacity"]],
    ["nothing, by tail", {}, { command: ["tail", "-f", "/dev/null"] }, ["noCapacity"]],
    ["a program after a while", {}, { command: ["sh", "-c", "node wait.js && exec node a.js"] }, ["unknown"]],
    ["the same, and finds others elsewhere", {}, { extraHosts: [{ hostname: "db", ipAddress: "192.0.2.1" }] }, ["lessProtected"]],
    ["the same, and asks another DNS", { dnsServers: ["10.0.0.2"] }, { dnsServers: ["192.0.2.53"] }, ["lessProtected"]],
    ["the same, by another file", {}, { environmentFiles: [{ type: "s3", value: "arn:aws:s3:::a/b.env" }] }, ["unknown"]],
    ["something again", { command: ["sleep", "infinity"] }, { command: ["node", "a.js"] }, ["unknown"]],
  ])("%s", (_, before, after, expected) => expect(severitiesOf(before, after)).toEqual(expected));
});

describe("a variable that a library reads by itself", () => {
  const queueUrl = "${urn:pulumi:dev::shop::aws:sqs/queue:Queue::jobs#url}";
  const environment = (values: Record<string, string>) => ({
    environment: Object.entries(values).map(([name, value]) => ({ name, value })),
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-region": values.AWS_REGION === "eu-west-1" ? "eu-west-1" : "us-east-1" },
    },
  });
  test.each<[string, Record<string, string>, Record<string, string>, string[]]>([
    ["another region's default", {}, { AWS_DEFAULT_REGION: "eu-west-1" }, ["interruption"]],
    ["the region of the stack", { AWS_REGION: "us-east-1" }, { AWS_REGION: "eu-west-1" }, []],
    ["another region than the stack's", { AWS_REGION: "us-east-1" }, { AWS_REGION: "ap-south-1" }, ["interruption"]],
    ["another endpoint", {}, { AWS_ENDPOINT_URL_S3: "https://objects.example.net" }, ["lessProtected"]],
    ["a proxy", {}, { https_proxy: "http://proxy.example.net" }, ["lessProtected"]],
    ["unchecked certificates", {}, { NODE_TLS_REJECT_UNAUTHORIZED: "0" }, ["lessProtected"]],
    ["checked certificates", { NODE_TLS_REJECT_UNAUTHORIZED: "0" }, { NODE_TLS_REJECT_UNAUTHORIZED: "1" }, []],
    ["unchecked certificates of git's", { GIT_SSL_NO_VERIFY: "false" }, { GIT_SSL_NO_VERIFY: "true" }, ["lessProtected"]],
    ["a weaker connection to a database", { PGSSLMODE: "verify-full" }, { PGSSLMODE: "require" }, ["lessProtected"]],
    ["a stronger one", { PGSSLMODE: "require" }, { PGSSLMODE: "verify-full" }, []],
    ["one that nobody asks more of", { PGSSLMODE: "verify-full" }, {}, ["lessProtected"]],
    ["other certificates", {}, { NODE_EXTRA_CA_CERTS: "/ca.pem" }, ["lessProtected"]],
    ["more memory for Node", { NODE_OPTIONS: "--max-old-space-size=512" }, { NODE_OPTIONS: "--max-old-space-size=900" }, []],
    ["code before Node's", {}, { NODE_OPTIONS: "--require /opt/agent.js" }, ["lessProtected"]],
    ["an agent of Java's", { JAVA_TOOL_OPTIONS: "-Xmx1g" }, { JAVA_TOOL_OPTIONS: "-Xmx1g -javaagent:/a.jar" }, ["lessProtected"]],
    ["for real", { DRY_RUN: "true" }, { DRY_RUN: "false" }, ["unknown"]],
    ["only to see", { DRY_RUN: "false" }, { DRY_RUN: "true" }, []],
    ["an ordinary one", { LOG_LEVEL: "info", API: "https://a" }, { LOG_LEVEL: "debug", API: "https://b" }, []],
    ["a text instead of the stack's queue", { QUEUE_URL: queueUrl }, { QUEUE_URL: "https://sqs.example.net/jobs" }, ["unknown"]],
    ["the stack's queue, which it uses", {}, { QUEUE_URL: queueUrl, PGHOST: queueUrl }, []],
    ["the stack's queue no longer", { QUEUE_URL: queueUrl, PGHOST: queueUrl }, {}, []],
    ["another database", { PGHOST: queueUrl }, { PGHOST: "db.example.net" }, ["interruption"]],
  ])("%s", (_, before, after, expected) => expect(severitiesOf(environment(before), environment(after))).toEqual(expected));
});

test.each<[string, string[]]>([
  ["docker.io/someone/agent:1", ["lessProtected"]],
  ["someone/agent", ["lessProtected"]],
  ["public.ecr.aws/someone/agent:1", ["lessProtected"]],
  ["public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0", []],
  ["amazon/aws-xray-daemon", []],
  ["123456789012.dkr.ecr.us-east-1.amazonaws.com/agent@sha256:00", []],
  ["${urn:pulumi:dev::shop::aws:ecr/repository:Repository::agent#repositoryUrl}@sha256:00", []],
])("a new container beside the program, of %s", (image, expected) => {
  const api = { name: "api", user: "1000" };
  expect(severities(type, definitions(api), definitions(api, { name: "agent", user: "1000", image }))).toEqual(expected);
});

describe("a service", () => {
  const of = (spec: object, others: object = {}) => {
    const service = (name: string, its: object) =>
      resource(
        "fairlead:stacks:Service",
        name,
        { imageTag: "1.0.0-a", spec: { file: `apps/${name}/service.yaml`, ...its } },
        { custom: false },
      );
    return planOf(service("api", spec), service("web", others));
  };
  test("that is a job runs otherwise from its next run on", () => {
    const job = (...command: string[]) => of({ kind: "scheduled-job", command });
    expect(told(job("export"), job("export", "--all"))).toEqual(["unknown: api runs with other options"]);
    expect(told(job("export"), job("export"))).toEqual([]);
    expect(told(of({ kind: "worker", command: ["work"] }), of({ kind: "worker", command: ["work", "--all"] }))).toEqual([]);
  });
  test("that is a job has less time", () => {
    const within = (timeoutMinutes: number) => of({ kind: "job", timeoutMinutes });
    expect(told(within(60), within(2))).toEqual(["interruption: api is ended after 2 instead of 60 minutes"]);
    expect(told(within(2), within(60))).toEqual([]);
  });
  test("is built from another one's folder", () => {
    const from = (folder: string) => of({ build: { context: folder, dockerfile: `${folder}/Dockerfile` } });
    expect(told(from("apps/api"), from("apps/web"))).toEqual(["unknown: api is built from the folder of web"]);
    expect(told(from("apps/api"), from("."))).toEqual([]);
    expect(told(from("apps/web"), from("apps/web"))).toEqual([]);
  });
  test("is built to lead elsewhere", () => {
    const by = (API_URL: string) => of({ build: { args: { API_URL, GREETING: API_URL.length } } });
    expect(told(by("https://api.example.com/v1"), by("https://api.staging.example.com/v1"))).toEqual([
      "unknown: api is built with another address: API_URL",
    ]);
    expect(told(by("https://api.example.com/v1"), by("https://api.example.com/v2"))).toEqual([]);
  });
});
