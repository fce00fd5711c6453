import { createHash } from "node:crypto";

import { dataNameRules } from "./dataKinds";
import { lettersDigitsHyphens, rule, words, type NameRule } from "./nameRule";

const repository = /^(?=.{2,})(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const repositoryCharacters = "lower-case letters, digits and single . _ - / between them, at least 2";

/**
 * Names that AWS accepts, by what is named; those of data are facts of its kind.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 * @see https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_CreateRepository.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const nameRules = {
  loadBalancer: rule(32, /^(?!internal-)(?!-)[A-Za-z0-9-]+(?<!-)$/, "letters, digits and hyphens, none at an end, not internal-…"),
  targetGroup: rule(32, /^(?!-)[A-Za-z0-9-]+(?<!-)$/, "letters, digits and hyphens, none at an end"),
  cluster: rule(255, words, lettersDigitsHyphens),
  service: rule(255, words, lettersDigitsHyphens),
  family: rule(255, words, lettersDigitsHyphens),
  capacityProvider: rule(255, /^(?!aws|ecs|fargate)[A-Za-z0-9_-]+$/i, `${lettersDigitsHyphens}, not beginning with aws, ecs or fargate`),
  repository: rule(256, repository, repositoryCharacters),
  publicRepository: rule(205, repository, repositoryCharacters),
  role: rule(64, /^[\w+=,.@-]+$/, "letters, digits and _+=,.@-"),
  alarm: rule(255, /^[^\p{Cc}]+$/u, "no control characters"),
  dashboard: rule(255, words, lettersDigitsHyphens),
  logGroup: rule(512, /^[.\-_/#A-Za-z0-9]+$/, "letters, digits and . - _ / #"),
  schedule: rule(64, /^[\w.-]+$/, "letters, digits and . _ -"),
  stateMachine: rule(80, words, lettersDigitsHyphens),
  eventRule: rule(64, /^[\w.-]+$/, "letters, digits and . _ -"),
  databaseRole: rule(63, /^(?!pg_|rds)[\w-]+$/i, `${lettersDigitsHyphens}, not beginning with pg_ or rds`),
  ...dataNameRules,
} satisfies Record<string, NameRule>;

export type NamedThing = keyof typeof nameRules;

const hashLength = 6;
/** A hyphen and seven hexadecimal digits, which Pulumi's AWS provider adds to a name that the program leaves out. */
const autoNameSuffix = 8;

/** Shortens a name that is too long, by a hash of the whole name: the same name always gives the same, two long ones stay apart. */
export function fitName(name: string, max: number): string {
  if (name.length <= max) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, hashLength);
  return `${name.slice(0, max - hashLength - 1).replace(/[-_./]+$/, "")}-${hash}`;
}

/** A name for `name:` arguments: as it is where it fits, else shortened. */
export function explicitName(name: string, thing: NamedThing): string {
  return fitName(name, nameRules[thing].max);
}

/** A logical name that still fits after Pulumi's AWS provider made a unique name of it. */
export function autoNamed(name: string, thing: NamedThing): string {
  return fitName(name, nameRules[thing].max - autoNameSuffix);
}

/** Why AWS would refuse a name, with the set that it allows; undefined if it wouldn't. */
export function nameProblem(name: string, thing: NamedThing): string | undefined {
  const { max, pattern, allowed } = nameRules[thing];
  if (name.length >= 1 && name.length <= max && pattern.test(name)) return undefined;
  return `"${name}" (${name.length} characters): expected 1 to ${max} characters: ${allowed}`;
}
