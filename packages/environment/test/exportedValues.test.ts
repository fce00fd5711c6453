import { compositionFile, named, planOf, ProjectFolder, service } from "./harness";

test("a variable and a secret have what another stack exports, and other variables are made of it", async () => {
  const project = new ProjectFolder({
    "stacks/dev.ts": compositionFile,
    ...service(
      "web",
      "containerPort: 80",
      "cloudFormationExports: { BUCKET: shop-dev-Bucket }",
      'composedEnvironment: { URL: "s3://${BUCKET}/x" }',
      "secrets: { LOGIN: { cloudFormationExport: shop-dev-Login, jsonKey: password } }",
    ),
  });
  const plan = await planOf(project);
  project.remove();
  const { containerDefinitions } = named(plan, "aws:ecs/taskDefinition:TaskDefinition", "web").inputs;
  const [container] = JSON.parse(containerDefinitions as string) as [
    { environment: { name: string; value: string }[]; secrets: { name: string; valueFrom: string }[] },
  ];
  const valueOf = (wanted: string) => container.environment.find(({ name }) => name === wanted)!.value;
  expect(valueOf("BUCKET")).toContain("shop-dev-Bucket");
  expect(container.secrets).toEqual([{ name: "LOGIN", valueFrom: expect.stringMatching(/shop-dev-Login.*:password::$/) as string }]);
  const [{ policy }] = plan.resources
    .filter(({ type, inputs }) => type === "aws:iam/rolePolicy:RolePolicy" && String(inputs.policy).includes("shop-dev-Login"))
    .map(({ inputs }) => inputs) as [{ policy: string }];
  expect(policy).toContain("secretsmanager:GetSecretValue");
  expect(valueOf("URL")).toBe(`s3://${valueOf("BUCKET")}/x`);
});
