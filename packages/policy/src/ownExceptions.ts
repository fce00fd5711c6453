import { matchesPattern, type PlanResource } from "@fairlead/plan";

/** What a component of this repository makes against a rule wherever it is used, and why. It is no stack's to except it. */
interface OwnException {
  control: string;
  /** The component's type: of others, the same resource breaks the rule. */
  component: string;
  /** `<type> <name>`, where `*` in the name stands for anything. */
  resource: string;
  reason: string;
}

const ownExceptions: readonly OwnException[] = [
  {
    control: "EC2.15",
    component: "fairlead:networking:Network",
    resource: "aws:ec2/subnet:Subnet *-public-*",
    reason: "awsx sets it on public subnets; only load balancers and NAT gateways are in them, and those bring their addresses themselves",
  },
  {
    control: "ECR.2",
    component: "fairlead:registry:Repository",
    resource: "aws:ecr/repository:Repository build-cache",
    reason: "BuildKit overwrites its cache tags; no task ever runs an image from here",
  },
  {
    control: "FL.IAM.1",
    component: "fairlead:access:GitHubActionsAccess",
    resource: "aws:iam/rolePolicy:RolePolicy *-drift",
    reason: "it reads back how the resources of every stack are set up, whatever these are called; no data",
  },
];

/** Why a resource of our own components may break a rule; undefined where it may not. */
export function ownReason(control: string, resource: PlanResource): string | undefined {
  const components = resource.urn.split("::")[2]!.split("$");
  return ownExceptions.find(
    (own) => own.control === control && components.includes(own.component) && matchesPattern(own.resource, resource),
  )?.reason;
}
