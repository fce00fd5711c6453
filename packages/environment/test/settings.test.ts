import * as pulumi from "@pulumi/pulumi";

import { compositionFile, planOf, ProjectFolder, refusalOf, service } from "./harness";

let project: ProjectFolder;
beforeEach(() => (project = new ProjectFolder({ "stacks/dev.ts": compositionFile, ...service("api", "containerPort: 3000") })));
afterEach(() => project.remove());

describe("values of the stack's configuration that are not allowed", () => {
  const wrong = { buildCache: "disk", buildConcurrency: "0", loadBalancerRules: "3 or 4", alarmEmails: '"a@example.com"' };

  test("are refused together, with what is expected and how to set it", async () => {
    expect(await refusalOf(planOf(project, wrong))).toBe(
      [
        "4 settings of the stack dev can't be used:",
        '  FL2407 shop:loadBalancerRules is "3 or 4": expected a whole number from 1.',
        "    fix: pulumi config set shop:loadBalancerRules <value> -s dev",
        '  FL2407 shop:alarmEmails is "\\"a@example.com\\"": expected a list of texts.',
        "    fix: pulumi config set shop:alarmEmails <value> -s dev",
        '  FL2407 shop:buildCache is "disk": expected one of registry, githubActions, local, none.',
        "    fix: pulumi config set shop:buildCache <value> -s dev",
        '  FL2407 shop:buildConcurrency is "0": expected a whole number from 1.',
        "    fix: pulumi config set shop:buildConcurrency <value> -s dev",
      ].join("\n"),
    );
  });

  test("are told where they stand in the stack's file", async () => {
    project.write({ "stacks/Pulumi.dev.yaml": "config:\n  aws:region: eu-central-1\n  shop:buildConcurrency: 0\n" });
    expect(await refusalOf(planOf(project, { buildConcurrency: "0" }))).toMatch(
      /^1 setting of [^]*^stacks\/Pulumi\.dev\.yaml:3:26 {2}FL2407 {2}shop:buildConcurrency is "0"[^]*expected: a whole number from 1/m,
    );
  });
});

test.each(["10.1.0.0", "10.1.0.0/15", "10.1.1.0/16", "10.256.0.0/16", "ten"])("a network can't have the range %s", async (cidrBlock) => {
  expect(await refusalOf(planOf(project, { cidrBlock }))).toMatch(/FL2407 shop:cidrBlock is ".*": expected an IPv4 range/);
});

test("an environment that takes its images over from itself is refused", async () => {
  expect(await refusalOf(planOf(project, { promoteFrom: "dev" }))).toMatch(
    /FL2407 shop:promoteFrom is "dev": expected another environment/,
  );
});

test.each([
  ["{}", /environments\.json:1:1 {2}FL2405 {2}there is no "environments"/],
  ['{ "environments": "dev" }', /environments\.json:1:19 {2}FL2405 {2}environments is "dev"/],
  [
    '{ "environments": ["dev", 3, "dev"] }',
    /environments\.json:1:27 {2}FL2405 [^]*environments\.json:1:30 {2}FL2405 {2}"dev" stands twice/,
  ],
  ['{ "environments": ["dev"], "enginePreviews": ["prod"] }', /environments\.json:1:46 {2}FL2405 {2}enginePreviews has "prod"/],
  ['{ "environments": ["dev"], "enginePreviews": "dev" }', /environments\.json:1:46 {2}FL2405 {2}enginePreviews has "dev"/],
  ['{ "environments": ["dev" }', /environments\.json:1:\d+ {2}FL2401 {2}this is not YAML/],
])("environments.json with %s is told with its place, and without a stack", async (text, expected) => {
  project.write({ "stacks/environments.json": text });
  const error = await planOf(project).catch((reason: unknown) => reason as Error);
  expect((error as Error).message).toMatch(expected);
  expect((error as Error).message).toContain("expected: ");
  expect((error as Error).stack).toBeUndefined();
});

test("a misspelt key is refused, since a guard would be off in silence; a key of one's own is not", async () => {
  expect(await refusalOf(planOf(project, { policyEnforcment: "mandatory", UncommittedSources: "refuse" }))).toMatch(
    /^ {2}FL2409 shop:policyEnforcment is read by nobody: expected shop:policyEnforcement\.\n[^]*^ {2}FL2409 shop:UncommittedSources /m,
  );
  project.write({ "stacks/dev.ts": `${compositionFile}// originKey\n` });
  await expect(planOf(project, { originKey: "x", policyEnforcement: "advisory" })).resolves.toBeDefined();
});

test("a key that nobody is seen to read is a warning, one that a composition names is not", async () => {
  const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
  project.write({ "stacks/dev.ts": `${compositionFile}// new pulumi.Config().get("originKey")\n` });
  const own = { originKey: "x", unscannedImages: "tell", "other:maxSeverity": "HIGH", maximumSeverity: "LOW" };
  await planOf(project, { ...own, allowedRegistry: "x", maxSeverity: "HIGH", unstartable: "tell", "fairlead:maximumSeverity": "LOW" });
  expect(warn.mock.calls.map(([text]) => text)).toEqual([
    expect.stringMatching(/^FL2409 shop:allowedRegistry is read neither .* sets nothing\. Did you mean shop:allowedRegistries\?$/),
    expect.stringMatching(/^FL2409 shop:maxSeverity is read neither .* sets nothing\. Fairlead reads cidrBlock, .*maximumSeverity/),
    expect.stringMatching(/^FL2409 shop:unstartable is read neither .* Did you mean shop:unstartableImages\?$/),
    "FL2409 fairlead:maximumSeverity is read by nobody: the project is called shop. Write shop:maximumSeverity.",
  ]);
  warn.mockRestore();
});

test("a stack with services that environments.json does not list is refused, with what to add", async () => {
  project.write({ "stacks/qa.ts": compositionFile });
  expect(await refusalOf(planOf(project, {}, { stack: "qa" }))).toMatch(
    /^The stack qa has services, .* does not list it: dev, prod\.\n {2}fix: Add "qa" there/,
  );
});

test("an override for what is no environment is a mistake, a stack without services or not", async () => {
  project.write({
    "stacks/Pulumi.access.yaml": "",
    ...service("api", "containerPort: 3000", "environments:", "  access:", "    cpu: 512"),
  });
  expect(await refusalOf(planOf(project))).toMatch(/service\.yaml:4:3 {2}FL1013 .*"access"[^]*expected: one of dev, prod/);
});

test("a folder of services that isn't there is no environment without services", async () => {
  expect(await refusalOf(planOf(project, { appsDirectory: "aps" }))).toBe("There is no folder aps (fairlead:appsDirectory of stack dev).");
});

test("a folder with a Dockerfile and no manifest is a warning", async () => {
  const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
  await planOf(project);
  expect(warn).not.toHaveBeenCalled();
  project.write({ "apps/search/Dockerfile": "FROM scratch\n" });
  await planOf(project);
  expect(warn.mock.calls.map(([text]) => text)).toEqual([expect.stringMatching(/^FL1037 apps\/search has a Dockerfile/)]);
  warn.mockRestore();
});

test("a guard rail names the composition that sets it", async () => {
  project.write(service("api", "containerPort: 3000", "desiredCount: 30"));
  expect(await refusalOf(planOf(project))).toMatch(/FL1035 [^]*stacks\/dev\.ts/);
});

test("an environment that speaks HTTPS alone says how it gets its certificate", async () => {
  project.write({
    "stacks/dev.ts": `module.exports = { default: (settings) => ({ arn: require(${JSON.stringify(require.resolve("../src"))}).requireCertificateArn(settings) }) };`,
  });
  expect(await refusalOf(planOf(project))).toMatch(
    /^dev speaks HTTPS alone and has no certificate [^]*fix: pulumi config set certificateArn <arn> -s dev$/,
  );
  expect((await planOf(project, { certificateArn: "arn:aws:acm:x" })).outputs).toEqual({ arn: "arn:aws:acm:x" });
});
