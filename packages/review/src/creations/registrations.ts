import { canonical, isMap } from "@fairlead/model";
import { referencesIn, type PlanResource } from "@fairlead/plan";

import { asList, interrupts, unknown } from "../arguments/judge";
import { thingNamed, urnsIn } from "../standing";
import type { CreationJudge } from "./around";

const isTargetGroup = (urn: string) => /[:$]aws:(lb|alb)\/targetGroup:TargetGroup::/.test(urn);

/** The target groups that a resource registers in, by URN or by what names them. */
function targetGroupsOf(resource: PlanResource): string[] {
  const { type, inputs } = resource;
  const named = (values: readonly unknown[], argument: string) =>
    values.map((value) => referencesIn(value)[0]?.urn ?? (urnsIn(resource, argument).find(isTargetGroup) || String(value)));
  switch (type) {
    case "aws:ecs/service:Service":
      return named(
        asList(inputs.loadBalancers).map((each) => (each as { targetGroupArn?: unknown }).targetGroupArn),
        "loadBalancers",
      );
    case "aws:autoscaling/group:Group":
      return named(asList(inputs.targetGroupArns), "targetGroupArns");
    case "aws:lb/targetGroupAttachment:TargetGroupAttachment":
      return named([inputs.targetGroupArn], "targetGroupArn");
    default:
      return [];
  }
}

/**
 * The names under which others find a service: Cloud Map's service, and what Service Connect knows in a namespace.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
 */
function namesOf(resource: PlanResource): string[] {
  if (resource.type !== "aws:ecs/service:Service") return [];
  const { serviceRegistries, serviceConnectConfiguration } = resource.inputs as {
    serviceRegistries?: unknown;
    serviceConnectConfiguration?: unknown;
  };
  const registries = asList(serviceRegistries).map((each) => (each as { registryArn?: unknown }).registryArn);
  const { namespace, services } = (isMap(serviceConnectConfiguration) ? serviceConnectConfiguration : {}) as {
    namespace?: unknown;
    services?: unknown;
  };
  const aliases = (asList(services) as { clientAlias?: unknown }[]).flatMap(({ clientAlias }) => asList(clientAlias)) as {
    dnsName?: unknown;
    port?: unknown;
  }[];
  return [
    ...registries.map(thingNamed),
    ...aliases.flatMap(({ dnsName, port }) => (typeof dnsName === "string" ? [canonical([namespace, dnsName, port])] : [])),
  ];
}

/** Another one that answers the requests of a target group, or under a name, that was there. */
export const newRegistration: CreationJudge = (created, { standing, before, staying }) => {
  const names = namesOf(created);
  const namesake = staying.find((other) => namesOf(other).some((name) => names.includes(name)));
  if (namesake)
    return interrupts(`${namesake.name} is found under the same name: a part of its callers is answered by this one from then on.`);
  const groups = targetGroupsOf(created).filter((group) => group !== "undefined" && (!group.startsWith("urn:") || standing.ofUrn(group)));
  if (groups.length === 0) return undefined;
  const others = staying.filter((other) => targetGroupsOf(other).some((group) => groups.includes(group)));
  if (others.length > 0)
    return interrupts(
      `Its target group is that of ${others[0]!.name} as well: a part of the requests is answered by this one from then on.`,
    );
  const isOfPlan = groups.every((group) => before.some(({ urn }) => urn === group));
  // A service is what a target group without any waits for.
  if (isOfPlan && created.type === "aws:ecs/service:Service") return undefined;
  return unknown(
    "Who else answers the requests of its target group is not in the plan: a part of them is answered by this one from then on.",
  );
};
