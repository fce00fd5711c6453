import { minimal, problems, write } from "./folder";

describe("each mistake gives one diagnosis, where it stands, with a fix", () => {
  const cases: [title: string, manifest: string, code: string, place: string, fix: RegExp, problem: RegExp][] = [
    ["a misspelt key", `${minimal}memoryMib: 512\n`, "FL1002", "3:1", /Did you mean "memoryMiB"\?/, /unknown key "memoryMib"/],
    ["a key in the wrong map", `${minimal}healthCheck:\n  pth: /\n`, "FL1002", "4:3", /"path"/, /"pth" in healthCheck/],
    ["a wrong type", `${minimal}cpu: "256"\n`, "FL1003", "3:6", /whole number/, /cpu is "256", a text/],
    ["a number where a text is due", `${minimal}environment:\n  A: 1\n`, "FL1003", "4:6", /Quote it: "1"/, /environment.A is 1/],
    ["a missing key", "name: api\n", "FL1004", "1:1", /containerPort/, /no "containerPort"/],
    ["a value that is not allowed", `${minimal}runtimePlatform:\n  cpuArchitecture: ARM46\n`, "FL1005", "4:20", /"ARM64"/, /ARM46/],
    ["an impossible pair", `${minimal}cpu: 256\nmemoryMiB: 4096\n`, "FL1006", "4:12", /2048, or cpu to 512/, /4096 with cpu 256/],
    ["an impossible cpu", `${minimal}cpu: 300\n`, "FL1006", "3:6", /256/, /cpu is 300/],
    ["an unknown service in a route", `${minimal}routes:\n  - path: /\n    service: apii\n`, "FL1007", "5:14", /"api"/, /"apii"/],
    ["an unknown service in calls", `${minimal}calls: [wbe]\n`, "FL1007", "3:9", /service.yaml|Did you mean/, /calls.0 names "wbe"/],
    ["an unknown environment", `${minimal}environments:\n  pord:\n    cpu: 512\n`, "FL1013", "4:3", /"prod"/, /"pord"/],
    ["a duplicate key", `${minimal}name: web\n`, "FL1002", "3:1", /Remove one/, /twice/],
    ["no YAML at all", "name: [api\ncontainerPort: 3000\n", "FL1001", "2:1", /syntax/, /not YAML/],
    [
      "a worker with routes",
      "name: api\nkind: worker\nroutes: [{ path: / }]\n",
      "FL1014",
      "3:1",
      /kind to web-service/,
      /worker has no "routes"/,
    ],
    ["a scheduled job without a time", "name: api\nkind: scheduled-job\n", "FL1004", "1:1", /schedule/, /needs one/],
    [
      "a host of Compose",
      `${minimal}environment: { DB_HOST: db }\n`,
      "FL1015",
      "3:25",
      /uses: \[\{ name: orders \}\]/,
      /nothing provides the host "db"/,
    ],
    ["a host in a URL", `${minimal}environment: { REDIS: "redis://cache:6379/0" }\n`, "FL1015", "3:23", /Bind what it is/, /host "cache"/],
    ["a host with a port", `${minimal}environment: { UPSTREAM: "search:9200" }\n`, "FL1015", "3:26", /Bind what it is/, /host "search"/],
    ["data that there is not", `${minimal}uses: [{ name: order }]\n`, "FL1016", "3:16", /"orders"/, /names "order"/],
    ["an access that data has not", `${minimal}uses: [{ name: events, access: read }]\n`, "FL1005", "3:32", /write/, /events is a topic/],
    [
      "a mount of what is no file system",
      `${minimal}uses: [{ name: jobs, containerPath: /x }]\n`,
      "FL1005",
      "3:37",
      /Remove it/,
      /jobs is a queue/,
    ],
    [
      "a secret in a file of a folder of the image's",
      `${minimal}uses: [{ name: key, containerPath: /etc/key }]\n`,
      "FL1005",
      "3:36",
      /Write \/run\/secrets\/key/,
      /key is a secret/,
    ],
    ["a part that data has not", `${minimal}uses: [{ name: orders, as: { hots: A } }]\n`, "FL1005", "3:30", /"host"/, /as has "hots"/],
    [
      "a variable that a part has as a secret",
      `${minimal}uses: [{ name: orders, as: { url: [OTHER, DB] } }]\nenvironment: { DB: "x" }\n`,
      "FL1036",
      "4:20",
      /Remove it/,
      /from uses: orders, as url/,
    ],
    ["a secret with two sources", `${minimal}secrets: { A: { ssm: /a, secretsManager: a } }\n`, "FL1017", "3:15", /Keep one/, /2 sources/],
    [
      "a secret that is a variable as well",
      `${minimal}environment: { A: "1" }\nsecrets: { A: { ssm: /a } }\n`,
      "FL1017",
      "4:15",
      /Remove it from environment/,
      /in environment as well/,
    ],
    [
      "a sidecar's image that is none",
      `${minimal}sidecars: { p: { image: Not An Image } }\n`,
      "FL1018",
      "3:25",
      /docker pull/,
      /no image is called so/,
    ],
    [
      "a variable of the deployer's that is not set",
      `${minimal}environment: { A: "\${NOT_SET}" }\ndeployerVariables: { NOT_SET: {} }\n`,
      "FL1053",
      "4:22",
      /NOT_SET=…/,
      /NOT_SET is not set/,
    ],
    [
      "a variable that is made of one that there is not",
      `${minimal}uses: [{ name: orders }]\ncomposedEnvironment: { A: "\${ORDERS_HOTS}:1" }\n`,
      "FL1054",
      "4:27",
      /Did you mean "ORDERS_HOST"/,
      /which the service does not have/,
    ],
    [
      "a variable that is made of a secret",
      `${minimal}uses: [{ name: orders }]\ncomposedEnvironment: { A: "\${ORDERS_PASSWORD}" }\n`,
      "FL1054",
      "4:27",
      /put it together/,
      /a secret/,
    ],
    [
      "the address of a service that nobody outside reaches",
      `${minimal}kind: backend-service\npublicUrls: { OWN: api }\n`,
      "FL1055",
      "4:20",
      /Give api a route/,
      /which no load balancer leads to/,
    ],
    [
      "a secret with the name of such an address",
      `${minimal}routes: [{ path: /* }]\npublicUrls: { OWN: api }\nsecrets: { OWN: { ssm: /own } }\n`,
      "FL1036",
      "5:17",
      /Rename it/,
      /from publicUrls/,
    ],
    ["an image that is built and named", `${minimal}image: nginx:1\nbuild: {}\n`, "FL1052", "3:1", /Remove one/, /image names "nginx:1"/],
    ["a least above the most", `${minimal}scaling: { minCapacity: 20 }\n`, "FL1019", "3:25", /10 or less/, /minCapacity is 20/],
    ["a backlog without a queue", `${minimal}scaling: { messagesPerTask: 5 }\n`, "FL1019", "3:29", /uses/, /reads none/],
    [
      "a response time without a route",
      `${minimal}scaling: { responseTimeSeconds: 0.5 }\n`,
      "FL1019",
      "3:33",
      /Add "routes/,
      /no route leads to the service/,
    ],
    [
      "a metric by the name of another target",
      `${minimal}scaling: { customMetrics: [{ name: cpu, namespace: A, metricName: B, targetValue: 1 }] }\n`,
      "FL1019",
      "3:36",
      /Rename it/,
      /the name of another target/,
    ],
    ["all actions", `${minimal}permissions: [{ actions: ["*"], resources: ["*"] }]\n`, "FL1005", "3:27", /./, /actions.0 is "\*"/],
    ["a CPU target that is true", `${minimal}scaling: { cpuPercent: true }\n`, "FL1003", "3:24", /./, /cpuPercent is true/],
    [
      "a shift without traffic",
      "name: api\nkind: worker\ndeployment: { strategy: CANARY }\n",
      "FL1020",
      "3:25",
      /ROLLING/,
      /no route leads to the service/,
    ],
    ["cron with Unix' five fields", "name: api\nkind: scheduled-job\nschedule: 0 3 * * *\n", "FL1023", "3:11", /five fields/, /0 3/],
    [
      "what is internal without its load balancer",
      `${minimal}internal: true\n`,
      "FL1028",
      "3:11",
      /Remove internal/,
      /no internal load balancer/,
    ],
    ["TCP without its load balancer", `${minimal}tcp: { port: 1883 }\n`, "FL1028", "3:6", /Remove tcp/, /no network load balancer/],
    [
      "a shell in what can't be written",
      `${minimal}enableExecuteCommand: true\n`,
      "FL1027",
      "3:23",
      /readonlyRootFilesystem: false/,
      /can't be written/,
    ],
    ["a late health check", `${minimal}healthCheck: { intervalSeconds: 5, timeoutSeconds: 5 }\n`, "FL1012", "3:52", /4 or less/, /is 5/],
  ];
  test.each(cases)("%s", (_, manifest, code, place, fix, problem) => {
    write("api", manifest);
    const found = problems();
    expect(found.map((diagnostic) => `${diagnostic.code} ${diagnostic.line}:${diagnostic.column}`)).toEqual([`${code} ${place}`]);
    expect(found[0]!.fix).toMatch(fix);
    expect(found[0]!.problem).toMatch(problem);
  });

  test("a schedule that can't be read is told with who reads it", () => {
    const consequences = (manifest: string) => {
      write("api", manifest);
      return problems().map(({ code, line, consequence }) => [code, line, consequence]);
    };
    expect(consequences("name: api\nkind: scheduled-job\nschedule: cron(0 3 * * *)\n")).toEqual([
      ["FL1023", 3, "EventBridge Scheduler would refuse it."],
    ]);
    const scaled = (schedule: string) =>
      `${minimal}scaling:\n  schedules:\n    - name: night\n      schedule: ${schedule}\n      minCapacity: 1\n`;
    expect(consequences(scaled("cron(0 20 * * *)"))).toEqual([["FL1023", 6, "Application Auto Scaling would refuse it."]]);
    for (const fine of ["cron(0 20 * * ? *)", "rate(5 minutes)", "at(2027-01-01T00:00:00)"]) expect(consequences(scaled(fine))).toEqual([]);
  });

  test("a hundred and one routes", () => {
    const routes = Array.from({ length: 101 }, (_, i) => `  - path: /p${i}/*`).join("\n");
    write("api", `${minimal}routes:\n${routes}\n`);
    expect(problems()).toEqual([expect.objectContaining({ code: "FL1024", line: 3, problem: expect.stringContaining("101 rules") })]);
  });

  test("a shift over several hosts, and over more paths than a rule takes", () => {
    const shifting = (routes: string) => `${minimal}deployment: { strategy: LINEAR }\nroutes: [${routes}]\n`;
    write("api", shifting("{ path: /a, host: a.example.com }, { path: /b }"));
    expect(problems()).toEqual([expect.objectContaining({ code: "FL1020", problem: expect.stringContaining("several hosts") })]);
    write("api", shifting("{ path: /a }, { path: /b }, { path: /c }, { path: /d }, { path: /e }"));
    expect(problems()).toEqual([expect.objectContaining({ code: "FL1020", problem: expect.stringContaining("5 routes do not fit") })]);
    write("api", shifting("{ path: /a }, { path: /b }, { path: /c }, { path: /d }"));
    expect(problems()).toEqual([]);
  });

  test("a call to who listens on no port, and a job that waits for a job", () => {
    write("api", `${minimal}calls: [mailer]\n`);
    write("mailer", "name: mailer\nkind: worker\n");
    write("first", "name: first\nkind: job\nbefore: [second]\n");
    write("second", "name: second\nkind: job\n");
    expect(problems().map(({ code, line, column }) => [code, line, column])).toEqual([
      ["FL1025", 3, 9],
      ["FL1026", 3, 10],
    ]);
  });

  test("a missing Dockerfile", () => {
    write("api", `${minimal}build:\n  dockerfile: Dockerfile.prod\n`, false);
    expect(problems()).toEqual([
      expect.objectContaining({ code: "FL1008", line: 4, column: 15, fix: expect.stringContaining("build.dockerfile") }),
    ]);
  });

  test("a build context that is not there, or is a file", () => {
    write("api", `${minimal}build:\n  context: src\n`);
    expect(problems()).toEqual([expect.objectContaining({ code: "FL1031", line: 4, column: 12 })]);
    write("api", `${minimal}build:\n  context: service.yaml\n`);
    expect(problems().map(({ code }) => code)).toEqual(["FL1031"]);
  });

  test("an image for another platform than the task's: both platforms, the consequence and the fix", () => {
    write(
      "api",
      `${minimal}build:\n  platforms: [linux/arm64]\nenvironments:\n  prod:\n    runtimePlatform:\n      cpuArchitecture: X86_64\n`,
    );
    expect(problems("dev")).toEqual([]);
    const [found] = problems("prod");
    expect(found).toMatchObject({ code: "FL1009", line: 4, column: 14 });
    expect(found!.problem).toContain("linux/arm64");
    expect(found!.problem).toContain("linux/amd64");
    expect(found!.consequence).toContain("exec format error");
    expect(found!.fix).toContain("Remove build.platforms");
  });

  test("one name or one path for two services", () => {
    write("api", `${minimal}routes: [{ path: /x }]\n`);
    write("bpi", `${minimal}routes: [{ path: /x }]\n`);
    expect(problems().map(({ code }) => code)).toEqual(["FL1010", "FL1011"]);
  });

  test("a problem in an environment's override is shown where the override stands", () => {
    write("api", `${minimal}environments:\n  prod:\n    memoryMiB: 4096\n`);
    expect(problems("dev")).toEqual([]);
    expect(problems("prod")).toEqual([expect.objectContaining({ code: "FL1006", line: 5, column: 16 })]);
  });
});
