import { takenBy } from "@fairlead/model";
import { Network } from "@fairlead/networking";
import { embeddedPlan, type Plan } from "@fairlead/plan";

import { compositionFile, planOf, ProjectFolder, refusalOf, service } from "./harness";

let project: ProjectFolder;
beforeEach(() => (project = new ProjectFolder({ "stacks/dev.ts": compositionFile, ...service("api", "kind: worker") })));
afterEach(() => project.remove());

/** The last part of each log group and repository below `fairlead`. */
const namesIn = ({ resources }: Plan) =>
  resources
    .filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup" || type === "aws:ecr/repository:Repository")
    .flatMap(({ inputs }) => /^\/?fairlead\/[^/]+\/(.+)$/.exec(String(inputs.name))?.[1] ?? []);

test("what an environment has for itself beside its services is what no service may be called", async () => {
  const network = () => void new Network("dev", { region: "us-east-1" });
  const plans = [await planOf(project), await embeddedPlan({ project: "shop", stack: "dev", config: {}, program: network })];
  const own = plans.flatMap(namesIn).filter((name) => name !== "api");
  expect(own.sort()).toEqual(Object.keys(takenBy).sort());
});

test.each(Object.keys(takenBy))("a service called %s is refused where its name stands, with what has it already", async (name) => {
  project.write(service(name, "kind: worker"));
  const told = await refusalOf(planOf(project));
  expect(told).toMatch(
    new RegExp(`^apps/${name}/service\\.yaml:1:7 {2}FL1046 {2}name is "${name}", which is the .* in every environment$`, "m"),
  );
});
