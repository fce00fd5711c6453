import { embeddedPlan } from "@fairlead/plan";

import { keyArn } from "../src/secretReference";
import { compositionFile, named, planOf, ProjectFolder, service } from "./harness";

const versionsType = "pulumi-nodejs:dynamic/fairlead:SecretVersions";
const taskType = "aws:ecs/taskDefinition:TaskDefinition";

const key = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555";

test("a secret under a key of yours may be decrypted with it, and with no other", async () => {
  const secrets = `secrets: { FLAGS: { ssm: /shop/flags, kmsKeyArn: "${key}" }, TOKEN: { secretsManager: shop/token } }`;
  const project = new ProjectFolder({ "stacks/dev.ts": compositionFile, ...service("api", "containerPort: 80", secrets) });
  const { policy } = named(await planOf(project), "aws:iam/rolePolicy:RolePolicy", "api-execution").inputs as { policy: string };
  expect(policy).toContain(`"Action":"kms:Decrypt","Resource":["${key}"]`);
  project.remove();
});

test("the key of a secret is told by its ARN, its id or its alias, and AWS's own is not told", async () => {
  const arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/token-AbCdEf";
  const { outputs } = await embeddedPlan({
    project: "shop",
    stack: "dev",
    config: { "aws:region": "eu-central-1" },
    program: () => ({
      byArn: keyArn({ arn, kmsKeyId: key }),
      byId: keyArn({ arn, kmsKeyId: "11111111-2222-3333-4444-555555555555" }),
      byAlias: keyArn({ arn, kmsKeyId: "alias/shop" }),
      own: keyArn({ arn, kmsKeyId: "" }).apply((own) => own ?? "none"),
    }),
  });
  expect(outputs).toEqual({
    byArn: key,
    byId: key,
    byAlias: "arn:aws:kms:eu-central-1:123456789012:key/looked-up-alias/shop",
    own: "none",
  });
});

test("a secret takes the place of the URL of a service that is called: ECS takes each name once", async () => {
  const project = new ProjectFolder({
    "stacks/dev.ts": compositionFile,
    ...service("broker", "kind: backend-service", "containerPort: 5672"),
    ...service("api", "containerPort: 80", "calls: [broker]", "secrets: { BROKER_URL: { ssm: /shop/broker } }"),
  });
  const definition = named(await planOf(project), taskType, "api").inputs.containerDefinitions as string;
  expect(definition.match(/BROKER_URL/g)).toHaveLength(1);
  project.remove();
});

describe("secrets whose other versions are deployed", () => {
  const flags = "arn:aws:ssm:eu-central-1:123456789012:parameter/shop/flags";
  const proxy = 'proxy: { image: "nginx:1.29", secrets: { CERTIFICATE: { ssm: /shop/certificate, redeployOnChange: true } } }';
  const planWith = async (...lines: string[]) => {
    const project = new ProjectFolder({ "stacks/dev.ts": compositionFile, ...service("api", "containerPort: 80", ...lines) });
    const plan = await planOf(project);
    project.remove();
    return plan;
  };
  const containersIn = (plan: Awaited<ReturnType<typeof planOf>>) => {
    const { containerDefinitions } = named(plan, taskType, "api").inputs as { containerDefinitions: string };
    const containers = JSON.parse(containerDefinitions) as { name: string; dockerLabels?: Record<string, string> }[];
    return { containerDefinitions, labels: Object.fromEntries(containers.map(({ name, dockerLabels }) => [name, dockerLabels])) };
  };

  test("are asked for, of the service and its sidecars, and their digest is a label of those containers alone", async () => {
    const plan = await planWith(
      "secrets: { FLAGS: { ssm: /shop/flags, redeployOnChange: true }, OTHER: { ssm: /shop/other } }",
      "dockerLabels: { team: shop }",
      `sidecars: { ${proxy}, quiet: { image: "nginx:1.29", secrets: { OTHER: { ssm: /shop/other } } } }`,
    );
    const versions = named(plan, versionsType, "api");
    expect(versions.inputs).toMatchObject({
      service: "api",
      secrets: [
        { arn: flags.replace("flags", "certificate"), store: "ssm" },
        { arn: flags, store: "ssm" },
      ],
      resourceUrn: versions.urn,
    });
    const digest = expect.stringContaining("SecretVersions::api#digest") as string;
    expect(containersIn(plan).labels).toEqual({
      api: { team: "shop", "fairlead.secretVersions": digest },
      proxy: { "fairlead.secretVersions": digest },
      quiet: undefined,
    });
    expect(JSON.stringify(named(plan, "aws:iam/rolePolicy:RolePolicy", "api-execution").inputs)).not.toContain("Describe");
  });

  test("are none by default: no resource, and the same task definition", async () => {
    const [plain, off] = await Promise.all(
      ["", ", redeployOnChange: false"].map((key) => planWith(`secrets: { FLAGS: { ssm: /shop/flags${key} } }`)),
    );
    for (const plan of [plain!, off!]) expect(plan.resources.map(({ type }) => type)).not.toContain(versionsType);
    expect(containersIn(off!).containerDefinitions).toBe(containersIn(plain!).containerDefinitions);
    expect(containersIn(plain!).labels).toEqual({ api: undefined });
  });
});
