import { compositionFile, planOf, ProjectFolder, refusalOf, service } from "./harness";

let project: ProjectFolder;
beforeEach(() => (project = new ProjectFolder({ "stacks/dev.ts": compositionFile, ...service("api", "containerPort: 3000") })));
afterEach(() => project.remove());

test("a value that is none of those that are allowed is refused with them", async () => {
  expect(await refusalOf(planOf(project, { buildCache: "disk" }))).toBe(
    'fairlead:buildCache is "disk": expected one of registry, githubActions, local, none.',
  );
});

test("a misspelt key is refused, since a guard would be off in silence; a key of one's own is not", async () => {
  expect(await refusalOf(planOf(project, { policyEnforcment: "mandatory", UncommittedSources: "refuse" }))).toMatch(
    /^\w+:policyEnforcment is read by nobody\. Did you mean \w+:policyEnforcement\?[^]*\n\w+:UncommittedSources /,
  );
  await expect(planOf(project, { originKey: "x", policyEnforcement: "advisory" })).resolves.toBeDefined();
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
