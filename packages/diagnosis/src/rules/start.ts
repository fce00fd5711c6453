import type { Task } from "@aws-sdk/client-ecs";
import { quoted } from "@fairlead/model";

import type { CauseId } from "../causes";
import type { Facts } from "../facts";
import type { Finding } from "../finding";
import { valueOf } from "../gather/lookout";
import { keyOf, moreStorage } from "./fixes";
import { memoryTold } from "./memory";
import { placeTold } from "./placeRules";
import { absentImage, architecture, imageTold, program } from "./startImages";
import { unreachable } from "./startNetwork";
import { addresses, capacity, interfaces } from "./startPlaces";
import {
  fileSystem,
  kmsDenied,
  logGroupMissing,
  notAuthorized,
  permission,
  roleNotAssumable,
  secretKey,
  secretMissing,
} from "./startSecrets";
import type { Told } from "./told";

interface StartRule {
  pattern: RegExp;
  told(words: string, facts: Facts, task?: Task): Told;
}

const simple =
  (cause: CauseId, problem: string, fix: string, more: Partial<Told> = {}) =>
  (): Told => ({ cause, certainty: "sure", problem, fix, ...more });

const ecrRegistry = /\.dkr\.ecr\./;

/**
 * Why a task did not get so far as to run, in the words of ECS and its agent: the first that applies.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
const rules: readonly StartRule[] = [
  { pattern: /OOM-killed|OutOfMemory|memory limit too low/i, told: outOfMemory },
  { pattern: /unable to assume the role|is not authorized to perform: sts:AssumeRole/i, told: roleNotAssumable },
  {
    pattern:
      /Access to KMS is not allowed|DecryptionFailure|kms:Decrypt|KMS ?(?:AccessDenied|\w*key \w* ?(?:disabled|pending))|KMSInvalidStateException|DisabledException|ciphertext refers to a customer master key/i,
    told: kmsDenied,
  },
  { pattern: notAuthorized, told: permission },
  {
    pattern:
      /did not contain json key|invalid character .* (?:looking for beginning of value|in literal|after)|retrieved secret .* (?:json|JSON)/,
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
      changes: moreStorage(facts),
      fix: "Give the task a larger disk, or make the image smaller.",
    }),
  },
  {
    pattern: /failed to (?:extract|register) layer|unexpected EOF|layers and diffIDs|archive\/tar: |manifest .* digest did not match/i,
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
    told: (words, facts, task) =>
      program("program-missing", "the program that the task starts is not in the image", words, startKey(facts, task, "command")),
  },
  {
    pattern: /exec: "[^"]+": permission denied/,
    told: (words, facts, task) =>
      program("program-not-executable", "the program may not be executed", words, startKey(facts, task, "command")),
  },
  {
    pattern: /exec \S+: no such file or directory|: no such file or directory: unknown/,
    told: (words, facts, task) =>
      program(
        "interpreter-or-loader-missing",
        "the program, or the interpreter or loader that it names, is not in the image",
        words,
        startKey(facts, task, "command"),
      ),
  },
  {
    pattern: /unable to find (?:user|group)|no matching entries in (?:passwd|group) file/,
    told: (_, facts, task) => {
      const name = startedContainer(facts, task);
      const user = facts.containers.find((each) => each.name === name)?.user;
      return {
        cause: "user-missing",
        certainty: "sure",
        problem: `the user of container ${name}${user ? `, ${quoted(user)},` : ""} is not in the image`,
        key: startKey(facts, task, "user"),
        fix: "Add the user in the Dockerfile, or name one by its number.",
      };
    },
  },
  {
    pattern: /rlimit|ulimit/i,
    told: (_, facts, task) => ({
      ...{ cause: "ulimits", certainty: "sure", key: startKey(facts, task, "ulimits") },
      problem: "the container's limits (ulimits) can't be set",
      fix: "Take the limits that the platform allows: on Fargate nofile alone.",
    }),
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

function outOfMemory(_words: string, facts: Facts, task?: Task): Told {
  return memoryTold(facts, { name: startedContainer(facts, task) });
}

/** The container that could not be started: ECS says so of it; the service's own where it names none. */
function startedContainer({ ownContainer }: Facts, task: Task | undefined): string | undefined {
  return task?.containers?.find(({ reason = "" }) => reason !== "")?.name ?? ownContainer;
}

const startKey = (facts: Facts, task: Task | undefined, key: string) => keyOf(facts.keyPath(startedContainer(facts, task), key));

/** What words of ECS's agent, or of ECS where it can't start a task, say. */
export function startTold(facts: Facts, words: string, task?: Task): Told | undefined {
  const told = rules.find(({ pattern }) => pattern.test(words))?.told(words, facts, task);
  // ECR answers 403 for what is not there as well.
  return told?.cause === "registry-login" && ecrRegistry.test(words) && absentImage(facts) ? imageTold(words, facts) : told;
}

/** What a task that never ran says of itself. */
export function startFindings(facts: Facts, task: Task): Finding[] {
  const words = [task.stoppedReason, ...(task.containers ?? []).map(({ reason }) => reason)].filter(Boolean).join("; ");
  const told = startTold(facts, words, task) ?? placeTold(words, facts) ?? otherWords(words);
  if (!told) return [];
  return [
    {
      ...told,
      evidence: [{ where: task.taskArn!, saw: quoted(words) }, ...supporting(facts, told.cause)],
      weight: told.cause === "start-failed" ? 40 : 90,
    },
  ];
}

/** Words that no rule knows are told as they are: a task that could not start is not nothing. */
function otherWords(words: string): Told | undefined {
  if (words === "") return undefined;
  return {
    cause: "start-failed",
    certainty: "sure",
    problem: `ECS could not start the task: ${quoted(words)}`,
    fix: "Mend what ECS names, and deploy again.",
  };
}

function supporting(facts: Facts, cause: CauseId): Finding["evidence"] {
  if (cause !== "execution-role-permission") return [];
  return (valueOf(facts.gathered.executionDenials) ?? []).map(({ action, resource, isExplicit }) => ({
    where: facts.definition?.executionRoleArn ?? "execution role",
    saw: `IAM's simulation: ${action} on ${resource} is ${isExplicit ? "denied" : "not allowed"}`,
  }));
}
