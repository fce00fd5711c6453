import type { Task } from "@aws-sdk/client-ecs";

import type { CauseId } from "../causes";
import type { Facts } from "../facts";
import type { Finding } from "../finding";
import { valueOf } from "../gather/lookout";
import { quoted } from "../quoted";
import { ecrImage, secretReferences } from "../references";
import { isFargate, keyOf } from "./fixes";
import { whyUnreachable } from "./routes";

type Told = Omit<Finding, "evidence" | "weight">;

interface StartRule {
  pattern: RegExp;
  told(words: string, facts: Facts, task: Task): Told;
}

const simple =
  (cause: CauseId, problem: string, fix: string, more: Partial<Told> = {}) =>
  (): Told => ({ cause, certainty: "sure", problem, fix, ...more });

/** A sentence of AWS's on who may not do what. */
const notAuthorized = /(?:is )?not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9]+)(?: on resource:? (\S+))?/;

/**
 * Why a task did not get so far as to run, in the words of ECS and its agent: the first that applies.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
const rules: readonly StartRule[] = [
  { pattern: /unable to assume the role|is not authorized to perform: sts:AssumeRole/i, told: roleNotAssumable },
  {
    pattern:
      /Access to KMS is not allowed|kms:Decrypt|KMS ?(?:AccessDenied|\w*key \w* ?(?:disabled|pending))|KMSInvalidStateException|DisabledException|ciphertext refers to a customer master key/i,
    told: kmsDenied,
  },
  { pattern: notAuthorized, told: permission },
  {
    pattern: /did not contain json key|invalid character .* looking for beginning of value|retrieved secret .* (?:json|JSON)/,
    told: secretKey,
  },
  {
    pattern:
      /ResourceNotFoundException: Secrets Manager|can't find the specified secret|marked (?:for deletion|as deleted)|scheduled for deletion|invalid (?:ssm )?parameters?|ParameterNotFound/i,
    told: secretMissing,
  },
  { pattern: /log group does not exist/i, told: logGroupMissing },
  {
    pattern:
      /does not contain descriptor matching platform|no match(?:ing manifest)? for (?:platform|linux)|image operating system .* cannot be used|exec format error/i,
    told: architecture,
  },
  {
    pattern: /toomanyrequests|429 Too Many Requests|pull rate limit|Rate exceeded.*(?:pull|image)|ThrottlingException/i,
    told: simple(
      "registry-throttled",
      "the image's registry answers that there were too many pulls",
      "Pull through ECR: a cache rule of its own, or a copy of the image in the account's registry.",
    ),
  },
  {
    pattern: /no space left on device|failed to register layer: .*no space|disk quota exceeded/i,
    told: (_, facts) => ({
      cause: "disk-full",
      certainty: "sure",
      problem: "there was no room on the disk to unpack the image",
      key: "ephemeralStorageGiB",
      ...(isFargate(facts) && {
        changes: [{ path: ["ephemeralStorageGiB"], value: Math.min(200, (facts.definition?.ephemeralStorage?.sizeInGiB ?? 20) * 2) }],
      }),
      fix: "Give the task a larger disk, or make the image smaller.",
    }),
  },
  {
    pattern: /failed to (?:extract|register) layer|unexpected EOF|archive\/tar: |manifest .* digest did not match/i,
    told: simple("image-damaged", "the image could not be unpacked", "Build and push it again."),
  },
  {
    pattern: /pull access denied|no basic auth credentials|requires? 'docker login'|unauthorized: |401 Unauthorized|403 Forbidden/i,
    told: (words, facts) => ({
      ...imageTold(words, facts),
      cause: "registry-login",
      problem: "the registry gives the image only to whoever logs in, or has no such repository",
    }),
  },
  {
    pattern:
      /repository .*(?:does not exist|not found)|manifest unknown|manifest for .* not found|failed to resolve ref .*not found|: not found|image .* not found|ImageNotFound|404 Not Found|invalid reference format/i,
    told: imageTold,
  },
  { pattern: /EFS|mount\.nfs4?|fs-[0-9a-f]{8}|failed to (?:mount|set up).*volume/i, told: fileSystem },
  {
    pattern: /network interface provisioning|limit .* (?:number of )?network interfaces|ENI|NetworkInterfaceLimitExceeded/,
    told: interfaces,
  },
  {
    pattern: /insufficient free (?:IP )?addresses|InsufficientFreeAddresses|not enough free addresses|no (?:free|available) IP addresses/i,
    told: addresses,
  },
  {
    pattern:
      /i\/o timeout|context deadline exceeded|RequestCanceled|connection (?:issue|refused|timed out|reset)|dial tcp|request canceled|no such host|TLS handshake timeout|signal: killed|RequestError: send request failed|network is unreachable/i,
    told: unreachable,
  },
  {
    pattern: /executable file not found|exec: "[^"]+": stat /,
    told: (words) => program("program-missing", "the program that the task starts is not in the image", words, "command"),
  },
  {
    pattern: /exec: "[^"]+": permission denied/,
    told: (words) => program("program-not-executable", "the program may not be executed", words, "command"),
  },
  {
    pattern: /exec \S+: no such file or directory|: no such file or directory: unknown/,
    told: (words) =>
      program(
        "interpreter-or-loader-missing",
        "the program, or the interpreter or loader that it names, is not in the image",
        words,
        "command",
      ),
  },
  {
    pattern: /unable to find (?:user|group)|no matching entries in (?:passwd|group) file/,
    told: (_, facts) => ({
      cause: "user-missing",
      certainty: "sure",
      problem: "the container's user is not in the image",
      key: "user",
      changes: [{ path: ["user"], value: "1000:1000" }],
      fix: `Name the user by number${facts.containers[0]?.user ? ` instead of ${quoted(facts.containers[0].user)}` : ""}, or add it in the Dockerfile.`,
    }),
  },
  {
    pattern: /rlimit|ulimit/i,
    told: simple(
      "ulimits",
      "the container's limits (ulimits) can't be set",
      "Take the limits that the platform allows: on Fargate nofile alone.",
      { key: "ulimits" },
    ),
  },
  {
    pattern: /platform version|platform does not satisfy|PlatformTaskDefinitionIncompatib/i,
    told: simple("platform-version", "the platform version can't run the task", "Let the service run on LATEST: deploy it again."),
  },
  { pattern: /Capacity is unavailable|capacity .*unavailable/i, told: (words, facts) => capacity(words, facts) },
  {
    pattern:
      /dependent container|dependency .*(?:did not|not) |container .* in the task .*(?:HEALTHY|COMPLETE|SUCCESS)|failed to (?:meet|reach) (?:its )?(?:dependency|condition)/i,
    told: simple(
      "dependency-container",
      "a container that another waits for did not get there",
      "Look at the log of the container that is waited for, and at its health check.",
      { key: "dependsOn" },
    ),
  },
  {
    pattern: /port is already allocated|address already in use/i,
    told: simple("port-in-use", "the port is taken on the instance", "Use networkMode awsvpc, or let the instance choose the port.", {
      key: "networkMode",
    }),
  },
];

/** What a task that never ran says of itself. */
export function startFindings(facts: Facts, task: Task): Finding[] {
  const words = [task.stoppedReason, ...(task.containers ?? []).map(({ reason }) => reason)].filter(Boolean).join("; ");
  const rule = rules.find(({ pattern }) => pattern.test(words));
  if (!rule) return [];
  const told = rule.told(words, facts, task);
  return [{ ...told, evidence: [{ where: task.taskArn!, saw: quoted(words) }, ...supporting(facts, told.cause)], weight: 90 }];
}

function supporting(facts: Facts, cause: CauseId): Finding["evidence"] {
  if (cause !== "execution-role-permission") return [];
  return (valueOf(facts.gathered.executionDenials) ?? []).map(({ action, resource, isExplicit }) => ({
    where: facts.definition?.executionRoleArn ?? "execution role",
    saw: `IAM's simulation: ${action} on ${resource} is ${isExplicit ? "denied" : "not allowed"}`,
  }));
}

function roleNotAssumable(words: string): Told {
  const role = /role '?(arn:\S+?)'?[ ',]/.exec(`${words} `)?.[1];
  return {
    cause: "role-not-assumable",
    certainty: "sure",
    problem: `ECS may not act with the role${role ? ` ${quoted(role)}` : ""}: it is gone, or does not trust ecs-tasks.amazonaws.com`,
    fix: "Deploy again, which makes the role and its trust anew: `pulumi up`, after `pulumi refresh` where somebody deleted it by hand.",
    commands: role ? [`aws iam get-role --role-name ${role.split("/").pop()}`] : undefined,
  };
}

function permission(words: string, facts: Facts): Told {
  const [, action = "", given] = notAuthorized.exec(words)!;
  const resource = given?.replace(/[.,;]+$/, "");
  if (action.startsWith("kms:")) return kmsDenied(words, facts);
  const reference = secretReferences(facts.definition ?? {}).find(
    ({ id }) => resource !== undefined && (resource === id || resource.startsWith(id)),
  );
  const isRepository = action.startsWith("ecr:");
  return {
    cause: "execution-role-permission",
    certainty: "sure",
    problem: `the execution role may not do ${action}${resource ? ` on ${quoted(resource)}` : ""}`,
    ...(reference && { key: `secrets.${reference.variable}` }),
    fix: isRepository
      ? "The role gets the permission for the images that service.yaml names: deploy again. In another account's repository its policy must allow this account."
      : "The role gets the permission for what service.yaml names under `secrets:`: name it there, and deploy again.",
  };
}

function kmsDenied(words: string, facts: Facts): Told {
  const keyArn = /arn:aws[a-z-]*:kms:[\w-]+:\d{12}:key\/[\w-]+/.exec(words)?.[0];
  const secret = secretReferences(facts.definition ?? {}).find(
    ({ valueFrom, id }) => words.includes(id) || valueOf(facts.gathered.secrets.get(valueFrom))?.kmsKeyId !== undefined,
  );
  const known = keyArn ?? (secret && valueOf(facts.gathered.secrets.get(secret.valueFrom))?.kmsKeyId);
  const state = [...facts.gathered.keys.values()].flatMap((seen) => valueOf(seen)?.KeyState ?? []).find((each) => each !== "Enabled");
  const isArn = known?.startsWith("arn:");
  return {
    cause: "kms-denied",
    certainty: "sure",
    problem: `the KMS key${known ? ` ${quoted(known)}` : ""}${secret ? ` of the secret behind ${secret.variable}` : ""} may not be used to decrypt${state ? `: it is ${state}` : ""}`,
    ...(secret && { key: `secrets.${secret.variable}.kmsKeyArn` }),
    ...(secret && isArn && !state && { changes: [{ path: ["secrets", secret.variable, "kmsKeyArn"], value: known }] }),
    fix: state
      ? "Enable the key, or cancel its deletion."
      : "Name the key, which gives the execution role kms:Decrypt on it; and let the key's policy allow that.",
    ...(state &&
      known && {
        commands: [state === "PendingDeletion" ? `aws kms cancel-key-deletion --key-id ${known}` : `aws kms enable-key --key-id ${known}`],
      }),
  };
}

function secretKey(words: string, facts: Facts): Told {
  const jsonKey = /json key ([^\s.:;,]+)/.exec(words)?.[1];
  const references = secretReferences(facts.definition ?? {});
  const found =
    references.find((each) => each.jsonKey !== undefined && each.jsonKey === jsonKey) ?? references.find(({ id }) => words.includes(id));
  return {
    cause: "secret-key-missing",
    certainty: "sure",
    problem: jsonKey
      ? `the secret${found ? ` ${found.id.split(":").pop()}` : ""} has no key ${quoted(jsonKey)}`
      : "the secret is not the JSON that a jsonKey needs",
    ...(found && { key: `secrets.${found.variable}.jsonKey` }),
    fix: `Add the key to the secret, or name one that it has${found ? ` for ${found.variable}` : ""}. Keys can be listed by whoever may read the secret.`,
  };
}

function secretMissing(words: string, facts: Facts): Told {
  const references = secretReferences(facts.definition ?? {});
  const found =
    references.find(({ id }) => words.includes(id)) ??
    references.find(({ valueFrom }) => facts.gathered.secrets.get(valueFrom)?.state === "absent");
  const isDeleted = found && valueOf(facts.gathered.secrets.get(found.valueFrom))?.isToBeDeleted;
  return {
    cause: "secret-missing",
    certainty: "sure",
    problem: `${found ? `the ${found.store === "ssm" ? "parameter" : "secret"} behind ${found.variable}, ${quoted(found.id)},` : "a secret or parameter"} ${isDeleted ? "is marked for deletion" : "is not there, or has no value"}`,
    ...(found && { key: keyOf(facts.keyPath(found.container, "secrets", found.variable)) }),
    fix: isDeleted ? "Restore it." : "Create it with a value, in this account and region, or name the right one.",
    ...(isDeleted && { commands: [`aws secretsmanager restore-secret --secret-id ${found.id}`] }),
  };
}

function logGroupMissing(words: string, facts: Facts): Told {
  const group = facts.containers
    .map(({ logConfiguration }) => logConfiguration?.options?.["awslogs-group"])
    .find((each) => each !== undefined);
  return {
    cause: "log-group-missing",
    certainty: "sure",
    problem: `the log group${group ? ` ${quoted(group)}` : ""} is not there`,
    fix: "Somebody deleted it: `pulumi refresh` and `pulumi up` make it again.",
    ...(group && { commands: [`aws logs create-log-group --log-group-name ${group}`] }),
  };
}

function architecture(words: string, facts: Facts): Told {
  const wanted = facts.definition?.runtimePlatform?.cpuArchitecture ?? "X86_64";
  const container = facts.containers.find(({ image }) => image !== undefined && words.includes(image)) ?? facts.containers[0];
  const platforms = valueOf(facts.gathered.images.get(container?.image ?? ""))?.platforms;
  const other = wanted === "ARM64" ? "X86_64" : "ARM64";
  const isOther = platforms?.includes(other === "ARM64" ? "linux/arm64" : "linux/amd64");
  return {
    cause: "image-architecture",
    certainty: "sure",
    problem: `the task runs on ${wanted}, and its image has ${platforms ? platforms.join(", ") || "no platform" : "no such platform"}`,
    key: container?.name === facts.ownContainer ? "runtimePlatform.cpuArchitecture" : `sidecars.${container?.name}.image`,
    ...(isOther && { changes: [{ path: ["runtimePlatform", "cpuArchitecture"], value: other }] }),
    fix: "Build the image for the task's platform (`build.platforms` follows runtimePlatform by itself), or run the task on the image's.",
  };
}

function imageTold(words: string, facts: Facts): Told {
  const container =
    facts.containers.find(({ image }) => image !== undefined && words.includes(image.split("@")[0]!)) ?? facts.containers[0];
  const isOwn = container?.name === facts.ownContainer;
  return {
    cause: "image-missing",
    certainty: "sure",
    problem: `the image ${quoted(container?.image ?? "")} is not there: its repository, tag or digest`,
    ...(isOwn ? {} : { key: `sidecars.${container?.name}.image` }),
    fix: isOwn
      ? "Deploy again, which pushes it again, or roll back to a digest that is there."
      : "Name an image that is there, by its digest.",
  };
}

function fileSystem(words: string): Told {
  const id = /fs-[0-9a-f]{8,}/.exec(words)?.[0];
  return {
    cause: "file-system-unreachable",
    certainty: "sure",
    problem: `the file system${id ? ` ${id}` : ""} could not be mounted`,
    key: "uses",
    fix: "It needs a mount target in each of the tasks' zones, port 2049 open to the tasks, the right of the task's role, and its path or access point: name it in `uses:` and deploy.",
  };
}

export function interfaces(): Told {
  return {
    cause: "network-interface-limit",
    certainty: "sure",
    problem: "no network interface could be had for the task in time",
    fix: "Look at the subnets' free addresses and at the quota of network interfaces; on EC2, at the instance type's own limit (or turn on awsvpcTrunking).",
    commands: ["aws service-quotas get-service-quota --service-code vpc --quota-code L-DF5E4CA3"],
  };
}

export function addresses(_words: string, facts: Facts): Told {
  const free = facts.gathered.subnets.map(({ SubnetId, AvailableIpAddressCount }) => `${SubnetId}: ${AvailableIpAddressCount}`).join(", ");
  return {
    cause: "subnet-addresses",
    certainty: "sure",
    problem: `the subnets have no address left${free ? ` (${free})` : ""}`,
    fix: "Give the environment larger subnets, or run fewer tasks in them.",
  };
}

export function capacity(words: string, facts: Facts): Told {
  const strategy = facts.service?.capacityProviderStrategy ?? [];
  const isSpot =
    /spot/i.test(words) || (strategy.length > 0 && strategy.every(({ capacityProvider }) => /SPOT/i.test(capacityProvider ?? "")));
  return {
    cause: isSpot ? "no-capacity-spot" : "no-capacity-fargate",
    certainty: "sure",
    problem: isSpot ? "there is no Spot capacity for the task now" : "Fargate has no capacity for the task in these zones now",
    ...(isSpot && {
      key: "capacityProviderStrategy",
      changes: [
        {
          path: ["capacityProviderStrategy"],
          value: [
            { capacityProvider: "FARGATE", base: 1, weight: 1 },
            { capacityProvider: "FARGATE_SPOT", weight: 3 },
          ],
        },
      ],
    }),
    fix: isSpot ? "Let a part of the tasks run on FARGATE." : "ECS goes on trying. Use more zones, or a smaller task.",
  };
}

function program(cause: CauseId, problem: string, words: string, key: string): Told {
  const named = /exec: "([^"]+)"|exec (\S+):/.exec(words);
  const name = named?.[1] ?? named?.[2];
  return {
    cause,
    certainty: "sure",
    problem: `${problem}${name ? `: ${quoted(name)}` : ""}`,
    key,
    fix: "Correct `command` or `entryPoint`, or what the Dockerfile copies into the stage that is run.",
  };
}

function unreachable(words: string, facts: Facts): Told {
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
