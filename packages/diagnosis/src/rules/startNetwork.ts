import type { Facts } from "../facts";
import { ecrImage } from "../references";
import { whyUnreachable } from "./routes";
import type { Told } from "./told";

export function unreachable(words: string, facts: Facts): Told {
  const isImage = /CannotPull|registry auth from|pull registry auth|ecr registry auth|pull image|api\.ecr|\.dkr\.ecr/i.test(words);
  const target = /logger|log stream|logs\./i.test(words)
    ? ("logs" as const)
    : /ssm/i.test(words)
      ? ("ssm" as const)
      : /secret .*asm|secretsmanager|Secrets Manager|secret from/i.test(words) && !/registry auth from/i.test(words)
        ? ("secretsmanager" as const)
        : isImage && !facts.containers.every(({ image = "" }) => ecrImage(image) === undefined)
          ? ("ecr" as const)
          : isImage
            ? ("registry" as const)
            : ("ecr" as const);
  const cause = (
    {
      logs: "logs-unreachable",
      ssm: "secrets-unreachable",
      secretsmanager: "secrets-unreachable",
      ecr: "ecr-unreachable",
      registry: "registry-unreachable",
    } as const
  )[target];
  const why = whyUnreachable(facts, target);
  const name = { logs: "CloudWatch Logs", ssm: "SSM", secretsmanager: "Secrets Manager", ecr: "ECR", registry: "the image's registry" }[
    target
  ];
  return {
    cause,
    certainty: "sure",
    problem: `the task's subnets do not reach ${name}${why ? `: ${why}` : ""}`,
    fix: "Give the private subnets a NAT gateway, or the endpoint that is missing, and let its security group admit HTTPS from the tasks.",
  };
}
