import { compositionFile, planOf, ProjectFolder, refusalOf, service } from "./harness";

let project: ProjectFolder;
beforeEach(() => (project = new ProjectFolder({ "stacks/dev.ts": compositionFile, ...service("api", "containerPort: 3000") })));
afterEach(() => project.remove());

test("a stack without a composition names the file that is missing and the stacks that there are", async () => {
  project.write({ "stacks/Pulumi.dev.yaml": "", "stacks/Pulumi.prod.yaml": "" });
  expect(await refusalOf(planOf(project, {}, { stack: "prod" }))).toBe(
    'The stack "prod" has no composition: there is no prod.ts beside its configuration. Stacks: dev, prod.',
  );
});

test("a composition that exports no function says what to export", async () => {
  project.write({ "stacks/prod.ts": "export const prod = () => ({});" });
  expect(await refusalOf(planOf(project, {}, { stack: "prod" }))).toMatch(
    /^prod\.ts has no function as its default export: export default /,
  );
});

test("mistakes in manifests are told together, from the project's folder, and there is no plan", async () => {
  project.write({ ...service("api", "containerPort: 70000"), ...service("web", "containerport: 3000") });
  const told = await refusalOf(planOf(project));
  expect(told).toMatch(/^2 problems in service manifests\n/);
  expect(told).toMatch(/^apps\/api\/service\.yaml:2:16 {2}FL1005 /m);
  expect(told).toMatch(/^apps\/web\/service\.yaml:2:1 {2}FL1002 /m);
  expect(told).not.toContain(project.root);
});

test("an error of a composition's own keeps its stack, without the SDK's frames", async () => {
  project.write({ "stacks/dev.ts": "export default function dev() { throw new Error('mine'); }" });
  const error = await planOf(project).catch((reason: unknown) => reason as Error);
  expect((error as Error).stack).toMatch(/mine\n +at (Object\.)?dev /);
  expect((error as Error).stack).not.toContain("@pulumi");
});

test("two stacks, one after the other in one process, are planned as each alone", async () => {
  project.write({ "stacks/prod.ts": compositionFile });
  const config = { buildCache: "none", pullAccountIds: '["210987654321"]' };
  const alone = { dev: await planOf(project), prod: await planOf(project, config, { stack: "prod" }) };
  expect(await planOf(project)).toEqual(alone.dev);
  expect(await planOf(project, config, { stack: "prod" })).toEqual(alone.prod);
  expect(JSON.stringify(alone.dev)).not.toContain("210987654321");
});

test("who runs a program in process hears which manifests were read, although others are wrong", async () => {
  project.write(service("web", "port: 1"));
  const read: string[] = [];
  const onServicesRead = (services: { spec: { name: string } }[]) => read.push(...services.map(({ spec }) => spec.name));
  await refusalOf(planOf(project, {}, { hooks: { onServicesRead } }));
  expect(read).toEqual(["api"]);
});
