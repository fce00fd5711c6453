// Stands for a commit's own `fairlead plans`: two services, and what the tests want besides.
const resource = (type, name, parent, inputs = {}, options = {}) => ({
  ...{ urn: `urn:pulumi:dev::fairlead::${type}::${name}`, type, name, parent, custom: !type.startsWith("fairlead:"), inputs },
  ...{ dependencies: [], propertyDependencies: {}, options },
});
const service = (name, routes, calls) => {
  const spec = {
    ...{ name, routes, calls, before: [], environment: {}, file: `apps/${name}/service.yaml` },
    ...{ runtimePlatform: { cpuArchitecture: "ARM64" }, build: { dockerfile: `apps/${name}/Dockerfile` } },
  };
  const component = resource("fairlead:stacks:Service", name, null, { spec });
  return [
    component,
    resource("aws:iam/role:Role", `${name}-task`, component.urn, { path: "/fairlead/dev/" }),
    resource("aws:ecs/taskDefinition:TaskDefinition", name, component.urn, { family: `dev-${name}` }, { retainOnDelete: true }),
    resource("aws:ecs/service:Service", name, component.urn, { desiredCount: 1 }),
  ];
};
const wanted = JSON.parse(process.env.FAKE_PLAN ?? "{}");
const resources = [
  ...service("api", [{ path: "/api/*" }], []),
  ...service("report-writer", [], ["api"]),
  ...(wanted.isBuilt ? [resource("docker-build:index:Image", "api", null)] : []),
  resource("aws:rds/cluster:Cluster", "accounts", null, { deletionProtection: wanted.isProtected === true }),
];
const [, , , stack] = process.argv;
console.log(JSON.stringify({ stack, plan: { version: 1, project: "fairlead", stack, resources, outputs: {} } }));
