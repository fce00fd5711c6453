import { quoted } from "@fairlead/model";

import type { Facts } from "../facts";
import { valueOf } from "../gather/lookout";
import { secretReferences, type SecretReference } from "../references";
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
  const reference = ofOneSecret(secretReferences(facts.definition ?? {}).filter((each) => resource !== undefined && isIn(each, resource)));
  const isRepository = action.startsWith("ecr:");
  return {
    cause: "execution-role-permission",
    certainty: "sure",
    problem: `the execution role may not do ${action}${resource ? ` on ${quoted(resource)}` : ""}`,
    ...(reference && { key: keyOfSecret(facts, reference) }),
    fix: isRepository
      ? "Deploy again, which gives the role the permission for the images that service.yaml names. Where it is another account's repository, let its policy allow this account."
      : "Name the secret under `secrets:` and deploy again, which gives the role the permission.",
  };
}

export function kmsDenied(words: string, facts: Facts): Told {
  const references = secretReferences(facts.definition ?? {});
  const keyIdOf = ({ valueFrom }: SecretReference) => valueOf(facts.gathered.secrets.get(valueFrom))?.kmsKeyId;
  const named = /arn:aws[a-z-]*:kms:[\w-]+:\d{12}:key\/[\w-]+/.exec(words)?.[0];
  const spoken = references.filter((each) => isIn(each, words));
  const withKey = references.filter((each) => keyIdOf(each) !== undefined && (named === undefined || isKey(keyIdOf(each)!, named)));
  const candidates = spoken.length > 0 ? spoken : withKey;
  const keyIds = new Set(candidates.flatMap((each) => keyIdOf(each) ?? []));
  const known = named ?? onlyOne([...keyIds]);
  // Where several secrets have a key of their own, nobody says which was meant.
  const secret = ofOneSecret(candidates);
  const state = known && valueOf([...facts.gathered.keys].find(([id]) => isKey(id, known))?.[1])?.KeyState;
  const isUsable = state === undefined || state === "Enabled";
  const isArn = known?.startsWith("arn:");
  return {
    cause: "kms-denied",
    certainty: "sure",
    problem: `${known ? `the KMS key ${quoted(known)}` : "a KMS key"}${secret ? ` of the secret behind ${secret.variable}` : ""} may not be used to decrypt${isUsable ? "" : `: it is ${state}`}`,
    ...(secret && { key: `${keyOfSecret(facts, secret)}.kmsKeyArn` }),
    ...(secret && isArn && isUsable && { changes: [{ path: [...secretPath(facts, secret), "kmsKeyArn"], value: known }] }),
    fix: isUsable
      ? "Name the secret's key in its kmsKeyArn, which gives the execution role kms:Decrypt on it; and let the key's policy allow that."
      : "Enable the key, or cancel its deletion.",
    ...(!isUsable && {
      commands: [state === "PendingDeletion" ? `aws kms cancel-key-deletion --key-id ${known}` : `aws kms enable-key --key-id ${known}`],
    }),
  };
}

export function secretKey(words: string, facts: Facts): Told {
  const jsonKey = /json key ([^\s.:;,]+)/.exec(words)?.[1];
  const references = secretReferences(facts.definition ?? {});
  const spoken = references.filter((each) => isIn(each, words));
  const found = ofOneSecret((spoken.length > 0 ? spoken : references).filter((each) => jsonKey === undefined || each.jsonKey === jsonKey));
  return {
    cause: "secret-key-missing",
    certainty: "sure",
    problem: jsonKey
      ? `the secret${found ? ` ${found.id.split(":").pop()}` : ""} has no key ${quoted(jsonKey)}`
      : "the secret is not the JSON that a jsonKey needs",
    ...(found && { key: `${keyOfSecret(facts, found)}.jsonKey` }),
    fix: `Add the key to the secret, or name one that it has${found ? ` for ${found.variable}` : ""}. Keys can be listed by whoever may read the secret.`,
  };
}

export function secretMissing(words: string, facts: Facts): Told {
  const references = secretReferences(facts.definition ?? {});
  const spoken = references.filter((each) => isIn(each, words));
  const absent = references.filter(({ valueFrom }) => facts.gathered.secrets.get(valueFrom)?.state === "absent");
  const isMarked = ({ valueFrom }: SecretReference) => valueOf(facts.gathered.secrets.get(valueFrom))?.isToBeDeleted === true;
  const candidates = [spoken, absent, references.filter(isMarked)].find((each) => each.length > 0) ?? [];
  const found = ofOneSecret(candidates);
  const isDeleted = found && isMarked(found);
  return {
    cause: "secret-missing",
    certainty: "sure",
    problem: `${found ? `the ${found.store === "ssm" ? "parameter" : "secret"} behind ${found.variable}, ${quoted(found.id)},` : "a secret or parameter"} ${isDeleted ? "is marked for deletion" : "is not there, or has no value"}`,
    ...(found && { key: keyOfSecret(facts, found) }),
    fix: isDeleted ? "Restore it." : "Create it with a value, in this account and region, or name the right one.",
    ...(isDeleted && { commands: [`aws secretsmanager restore-secret --secret-id ${found.id}`] }),
  };
}

const secretPath = (facts: Facts, { container, variable }: SecretReference) => facts.keyPath(container, "secrets", variable);

const keyOfSecret = (facts: Facts, reference: SecretReference) => keyOf(secretPath(facts, reference));

/** The item of a list of one. */
const onlyOne = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

/** The first of references to one secret; none where they are of several, and nobody says which is meant. */
const ofOneSecret = (references: readonly SecretReference[]) =>
  new Set(references.map(({ id }) => id)).size === 1 ? references[0] : undefined;

/** Whether words speak of a secret, and not of one whose name begins or ends alike. AWS adds six characters to a secret's ARN. */
function isIn({ id }: SecretReference, words: string): boolean {
  const escaped = id.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?:(?<![\\w/.-])|(?<=:parameter/?))${escaped}(?:-[A-Za-z0-9]{6})?(?![\\w/+=@-]|\\.\\w)`).test(words);
}

/** Whether two ids or ARNs are of one key. */
const isKey = (one: string, other: string) => one.split("/").pop() === other.split("/").pop();

export function logGroupMissing(words: string, facts: Facts): Told {
  const groups = [...new Set(facts.containers.flatMap(({ logConfiguration }) => logConfiguration?.options?.["awslogs-group"] ?? []))];
  const group = groups.find((each) => words.includes(each)) ?? onlyOne(groups);
  return {
    cause: "log-group-missing",
    certainty: "sure",
    problem: `the log group${group ? ` ${quoted(group)}` : ""} is not there`,
    fix: "Make it again: `pulumi refresh` and `pulumi up`. Somebody deleted it.",
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
    fix: "Name it in `uses:` and deploy, which gives it a mount target in each of the tasks' zones, opens port 2049 to them and gives the task's role its right; then look at its path or access point.",
  };
}
