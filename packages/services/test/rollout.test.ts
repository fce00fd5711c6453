import { ServiceDiscovery } from "@fairlead/networking";
import type { Plan } from "@fairlead/plan";
import type { RevisionSettings } from "@fairlead/rollout";

import { loadBalancing, scaling, serviceConnect, type EcsServiceArgs } from "../src";
import { ofType, planOf, service } from "./harness";

const type = "pulumi-nodejs:dynamic/fairlead:Rollout";

async function rolloutOf(args: Partial<EcsServiceArgs> = {}): Promise<{ plan: Plan; rollout: Plan["resources"][number] }> {
  const { plan } = await planOf((env) => service(env, args));
  return { plan, rollout: ofType(plan, type)[0]! };
}

const settingsOf = async (args: Partial<EcsServiceArgs>) => (await rolloutOf(args)).rollout.inputs.settings;

test("a service's rollout comes after the service, and is told where the engine shows what it says", async () => {
  const { plan, rollout } = await rolloutOf();
  expect(rollout.dependencies).toContain(ofType(plan, "aws:ecs/service:Service")[0]!.urn);
  expect(rollout.inputs.resourceUrn).toBe(rollout.urn);
  expect(rollout.inputs).toMatchObject({ serviceName: "api", taskDefinitionArn: { $output: expect.stringMatching(/#arn$/) as string } });
});

test("is of what the program asks for, whatever the provider reads back after ECS went back", async () => {
  const { rollout } = await rolloutOf({ capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 2 }] });
  expect(rollout.inputs.taskDefinitionArn).toEqual({ $output: expect.stringMatching(/TaskDefinition::api#arn$/) as string });
  expect(rollout.inputs.revision).toMatchObject({
    capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 2 }],
    networkConfiguration: { awsvpcConfiguration: { assignPublicIp: "DISABLED" } },
  });
});

test("has Service Connect and target groups as ECS's API names them", async () => {
  const { plan } = await planOf((env) =>
    service(env, {
      features: [
        loadBalancing({ ...env, routes: [{ path: "/api/*", priority: 100 }] }),
        serviceConnect({
          namespace: new ServiceDiscovery("dev", { network: env.network, namespaceName: "dev.internal" }),
          logGroup: env.logGroup,
          region: "us-east-1",
        }),
      ],
    }),
  );
  const { revision } = ofType(plan, type)[0]!.inputs as { revision: RevisionSettings };
  expect(revision.loadBalancers).toEqual([{ targetGroupArn: expect.anything() as string, containerName: "api", containerPort: 3000 }]);
  expect(revision.serviceConnectConfiguration!.services).toEqual([
    { portName: "api", discoveryName: "api", clientAliases: [{ dnsName: "api", port: 3000 }] },
  ]);
});

test("is followed for as long as its strategy takes", async () => {
  expect((await rolloutOf()).rollout.inputs).toMatchObject({ waitingMinutes: 0, allowedMinutes: 20 });
  const linear = { strategy: "LINEAR", stepPercent: 10, stepBakeTimeMinutes: 30, bakeTimeMinutes: 60 } as const;
  expect((await rolloutOf({ deployment: linear })).rollout.inputs).toMatchObject({ waitingMinutes: 330, allowedMinutes: 350 });
  const hooks = { strategy: "BLUE_GREEN", lifecycleHooks: [{ functionArn: "f", stages: ["PRE_SCALE_UP", "POST_SCALE_UP"] }] } as const;
  expect((await rolloutOf({ deployment: hooks as never })).rollout.inputs).toMatchObject({ waitingMinutes: 5, allowedMinutes: 145 });
});

test("is followed again when the service is made otherwise, and not for what others change", async () => {
  const settings = await settingsOf({});
  expect(await settingsOf({})).toBe(settings);
  expect(await settingsOf({ deployment: { minimumHealthyPercent: 50 } })).not.toBe(settings);
  expect(await settingsOf({ transform: (args) => ({ ...args, healthCheckGracePeriodSeconds: 5 }) })).not.toBe(settings);
  const scaled = (desiredCount: number) => settingsOf({ desiredCount, features: [scaling({ cpuPercent: 70 })] });
  expect(await scaled(2)).toBe(await scaled(3));
  expect(await settingsOf({ desiredCount: 2 })).not.toBe(await settingsOf({ desiredCount: 3 }));
});
