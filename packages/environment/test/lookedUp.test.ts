import { compositionFile, planOf, ProjectFolder, service } from "./harness";

const project = new ProjectFolder({ "stacks/dev.ts": compositionFile, ...service("api", "containerPort: 3000", "routes: [{ path: / }]") });
afterAll(() => project.remove());

test("subnets of an adopted VPC are values to be looked up, which no resource makes and nothing takes for ids", async () => {
  const { resources } = await planOf(project);
  const { inputs } = resources.find(({ type }) => type === "aws:lb/loadBalancer:LoadBalancer")!;
  const lookup = "urn:pulumi:lookup::lookup::aws:ec2/getSubnets:getSubnets::looked up in vpc-0a1b2c3d4e5f60718: public";
  expect(inputs.subnets).toEqual([0, 1].map((index) => ({ $output: `${lookup}#subnetId[${index}]` })));
  const urns = new Set(resources.map(({ urn }) => urn));
  for (const { dependencies, propertyDependencies } of resources)
    for (const urn of [...dependencies, ...Object.values(propertyDependencies).flat()]) expect(urns).toContain(urn);
});
