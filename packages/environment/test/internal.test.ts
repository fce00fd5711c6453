import { compositionOf, ofType, planOf, ProjectFolder, refusalOf, service } from "./harness";

const web = ["containerPort: 80", "routes: [{ path: / }]"];
const both = {
  ...service("front", ...web),
  ...service("admin", ...web, "internal: true"),
};

async function planned(files: Record<string, string>, hasInternal = true) {
  const project = new ProjectFolder({ "stacks/dev.ts": compositionOf({ hasInternal }), ...files });
  try {
    return await planOf(project);
  } finally {
    project.remove();
  }
}

test("an internal service has its rules and its door at the internal load balancer, beside the same path of another", async () => {
  const plan = await planned(both);
  const ruleOf = (group: string) =>
    ofType(plan, "aws:lb/listenerRule:ListenerRule").find(({ inputs }) =>
      JSON.stringify(inputs.actions).includes(`TargetGroup::${group}#`),
    )!;
  expect(JSON.stringify(ruleOf("admin").inputs.listenerArn)).toContain("main-internal");
  expect(JSON.stringify(ruleOf("front").inputs.listenerArn)).not.toContain("main-internal");
  const doors = ofType(plan, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").filter(({ inputs }) =>
    JSON.stringify(inputs.securityGroupId).includes("SecurityGroup::admin"),
  );
  expect(doors.map(({ inputs }) => JSON.stringify(inputs.referencedSecurityGroupId))).toEqual([expect.stringContaining("main-internal")]);
});

test("two of them can't have one path, nor one an environment without such a load balancer", async () => {
  const twice = { ...service("admin", ...web, "internal: true"), ...service("billing", ...web, "internal: true") };
  expect(await refusalOf(planned(twice))).toContain("FL1011");
  expect(await refusalOf(planned(both, false))).toContain("FL1028");
});
