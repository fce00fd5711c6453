import type { Plan } from "@fairlead/plan";

import { compositionFile, ofType, planOf, ProjectFolder, service } from "./harness";

const iam = JSON.stringify(require.resolve("@pulumi/aws/iam"));
const oneRole = (args: object) => `module.exports = { default: () => void new (require(${iam}).Role)("own", ${JSON.stringify(args)}) };\n`;

const project = new ProjectFolder({
  "stacks/dev.ts": compositionFile,
  "stacks/access.ts": oneRole({ assumeRolePolicy: "{}" }),
  ...service("api", "containerPort: 3000"),
});
afterAll(() => project.remove());

const rolesOf = (plan: Plan) => ofType(plan, "aws:iam/role:Role").map(({ inputs }) => inputs);

test("every role of an environment is in its stack's path, and has the boundary that the stack is given", async () => {
  const [roles, bounded] = [await planOf(project), await planOf(project, { permissionsBoundaryArn: "arn:aws:iam::1:policy/limit" })].map(
    rolesOf,
  );
  expect(roles!.length).toBeGreaterThan(1);
  for (const inputs of roles!) expect([inputs.path, "permissionsBoundary" in inputs]).toEqual(["/fairlead/dev/", false]);
  for (const inputs of bounded!)
    expect(inputs).toMatchObject({ path: "/fairlead/dev/", permissionsBoundary: "arn:aws:iam::1:policy/limit" });
});

test("a role's own path stays", async () => {
  project.write({ "stacks/prod.ts": oneRole({ assumeRolePolicy: "{}", path: "/own/" }) });
  expect(rolesOf(await planOf(project, {}, { stack: "prod" }))[0]).toMatchObject({ path: "/own/" });
});

test("a stack that is no environment keeps its roles where they were, with no boundary: it is the one that makes those to deploy with", async () => {
  const [inputs] = rolesOf(await planOf(project, { permissionsBoundaryArn: "arn:aws:iam::1:policy/limit" }, { stack: "access" }));
  expect(Object.keys(inputs!)).toEqual(["assumeRolePolicy"]);
});
