import { embeddedPlan } from "@fairlead/plan";

import { roleServices, serviceRole, type ServiceRoleArgs } from "../src";

test("a role trusts its service alone, with its permissions; one that nobody may pass does not compile", async () => {
  // @ts-expect-error lambda is not among roleServices, which whoever deploys may pass roles to
  const unknown: ServiceRoleArgs["service"] = "lambda.amazonaws.com";
  expect(roleServices).not.toContain(unknown);
  const { resources } = await embeddedPlan({
    project: "shop",
    stack: "dev",
    config: { "aws:region": "eu-central-1" },
    program: () => {
      for (const service of roleServices) {
        const managedPolicies = ["service-role/Example"];
        const statements = [{ Effect: "Allow" as const, Action: "s3:ListBucket", Resource: "arn:aws:s3:::a" }];
        serviceRole(service.split(".")[0]!, { service, description: "for a test", statements, managedPolicies }, {});
      }
    },
  });
  const inputsOf = (type: string) => resources.filter((resource) => resource.type === type).map(({ name, inputs }) => ({ name, inputs }));
  const trusted = inputsOf("aws:iam/role:Role").map(({ inputs }) => JSON.parse(String(inputs.assumeRolePolicy)).Statement);
  expect(trusted).toEqual(roleServices.map((service) => [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }]));
  expect(inputsOf("aws:iam/rolePolicy:RolePolicy")).toHaveLength(roleServices.length);
  expect(inputsOf("aws:iam/rolePolicyAttachment:RolePolicyAttachment")[0]).toMatchObject({
    inputs: { policyArn: "arn:aws:iam::aws:policy/service-role/Example" },
  });
});
