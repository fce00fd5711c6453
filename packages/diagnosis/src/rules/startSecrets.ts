import type { Facts } from "../facts";
import { valueOf } from "../gather/lookout";
import { quoted } from "../quoted";
import { secretReferences } from "../references";
import { keyOf } from "./fixes";
import type { Told } from "./told";

/** A sentence of AWS's on who may not do what. */
export const notAuthorized = /(?:is )?not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9]+)(?: on resource:? (\S+))?/;

export function roleNotAssumable(words: string): Told {
  const role = /role '?(arn:\S+?)'?[ ',]/.exec(`${words} `)?.[1];
  return {
    cause: "role-not-assumable",
    certainty: "sure",
    problem: `ECS may not act with the role${role ? ` ${quoted(role)}` : ""}: it is gone, or does not trust ecs-tasks.amazonaws.com`,
    fix: "Deploy again, which makes the role and its trust anew: `pulumi up`, after `pulumi refresh` where somebody deleted it by hand.",
    commands: role ? [`aws iam get-role --role-name ${role.split("/").pop()}`] : undefined,
  };
}

export function permission(words: string, facts: Facts): Told {
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

export function kmsDenied(words: string, facts: Facts): Told {
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

export function secretKey(words: string, facts: Facts): Told {
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

export function secretMissing(words: string, facts: Facts): Told {
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

export function logGroupMissing(words: string, facts: Facts): Told {
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

export function fileSystem(words: string): Told {
  const id = /fs-[0-9a-f]{8,}/.exec(words)?.[0];
  return {
    cause: "file-system-unreachable",
    certainty: "sure",
    problem: `the file system${id ? ` ${id}` : ""} could not be mounted`,
    key: "uses",
    fix: "It needs a mount target in each of the tasks' zones, port 2049 open to the tasks, the right of the task's role, and its path or access point: name it in `uses:` and deploy.",
  };
}
