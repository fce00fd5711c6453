import type { Facts } from "../facts";
import { valueOf } from "../gather/lookout";
import { ecrImage } from "../references";
import { whyUnreachable, type StartTarget } from "./routes";
import type { Told } from "./told";

/** Which cause it is where a target is not reached, and what people call it. */
const targets = {
  ecr: { cause: "ecr-unreachable", name: "ECR" },
  registry: { cause: "registry-unreachable", name: "the image's registry" },
  secretsmanager: { cause: "secrets-unreachable", name: "Secrets Manager" },
  ssm: { cause: "secrets-unreachable", name: "SSM" },
  logs: { cause: "logs-unreachable", name: "CloudWatch Logs" },
} as const;

/** A start that waited for an answer. That there was none ECS says itself; why is known only where routes, endpoints or security groups show it. */
export function unreachable(words: string, facts: Facts): Told {
  const { cause, name } = targets[targetOf(words, facts)];
  const why = whyUnreachable(facts, targetOf(words, facts));
  if (why) return { cause, certainty: "sure", problem: `the task's subnets do not reach ${name}: ${why.problem}`, fix: why.fix };
  const isSeen = valueOf(facts.gathered.routeTables) !== undefined && valueOf(facts.gathered.endpoints) !== undefined;
  return {
    ...{ cause, certainty: "perhaps" },
    problem: `the task got no answer from ${name}; ${isSeen ? "its routes, endpoints and security groups would let it through" : "its routes and endpoints could not be seen"}`,
    fix: isSeen
      ? "Look at what else stands between: the subnets' network ACLs, a firewall, the VPC's DNS, the other side itself. Deploy again where it was for once."
      : "Look whether the subnets have a route to a NAT gateway, or the endpoints for it, or let the doctor see them: ec2:DescribeSubnets, ec2:DescribeRouteTables, ec2:DescribeVpcEndpoints.",
  };
}

function targetOf(words: string, { containers }: Facts): StartTarget {
  if (/logger|log stream|logs\./i.test(words)) return "logs";
  if (/ssm/i.test(words)) return "ssm";
  if (/secret .*asm|secretsmanager|Secrets Manager|secret from/i.test(words) && !/registry auth from/i.test(words)) return "secretsmanager";
  const isImage = /CannotPull|registry auth from|pull registry auth|ecr registry auth|pull image|api\.ecr|\.dkr\.ecr/i.test(words);
  return isImage && containers.every(({ image = "" }) => ecrImage(image) === undefined) ? "registry" : "ecr";
}
