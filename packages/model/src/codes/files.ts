import type { Explanations } from "./explanation";

/** What can be wrong with the files and settings of the stacks, and with files that commands are given. */
export const fileCodes = {
  FL2401: {
    title: "file of the project that is not YAML",
    meaning: "Pulumi.yaml, a stack's configuration or a file beside it is neither YAML nor JSON, or has a key twice.",
    fix: "Look at the line and the one above it: indentation by spaces alone, a space after each colon, quotes and brackets that close.",
  },
  FL2402: {
    title: "exception from a policy that can't be used",
    meaning:
      "policy-exceptions.yaml is no list under `exceptions`, or an entry lacks one of its four texts (control, stack, resource, reason), has another key, or is for a stack that there is not.",
    fix: "Correct the entry. An exception without a reason is one that nobody can judge later.",
    example:
      "exceptions:\n  - control: S3.9\n    stack: prod\n    resource: aws:s3/bucket:Bucket prod-access-logs\n    reason: it is where access logs go",
  },
  FL2418: {
    title: "allowed change that can't be read",
    meaning:
      "allowed-changes.yaml is no list under `allowed`, or an entry lacks stack, reason, until or dangers, has another key, is for a stack that there is not, names a danger that there is not or the URN of another stack, or ends on no day of the next 30.",
    fix: "Let `npx fairlead allow` write it. It allows what a review would hold, so it needs a reason, and a last day on which it counts.",
    example:
      "allowed:\n  - stack: dev\n    reason: its data was moved to people\n    until: 2026-12-31\n    dangers:\n      replace:\n        - urn:pulumi:dev::shop::aws:rds/cluster:Cluster::accounts",
  },
  FL2419: {
    title: "change that is held until it is allowed",
    meaning:
      "`fairlead diff` grades it `stop`: data is lost or can't be reached, an address that clients use goes away, it happens in another account or region, a boundary opens, or nothing is left to serve.",
    fix: 'If it is meant, run the command that the message prints, with the reason: it writes stacks/allowed-changes.yaml, which is reviewed with the change. Remove the lines once it is deployed. docs/review.md, "What stops it", says more.',
  },
  FL2403: {
    title: "exception from a control that has no rule",
    meaning: "An entry of policy-exceptions.yaml names a control that no rule here checks, so it excepts nothing.",
    fix: "Correct the name, or remove the entry.",
  },
  FL2404: {
    title: "monthly usage that can't be counted",
    meaning:
      "usage.yaml is no list under `usage`, or an entry lacks stack, resource or perMonth, has another key, is for a stack that there is not, names an amount that no price goes by, or gives one that is no number from 0.",
    fix: "Correct the entry; the message lists the amounts that there are.",
    example: 'usage:\n  - stack: "*"\n    resource: aws:cloudwatch/logGroup:LogGroup api\n    perMonth: { ingestedGiB: 5, storedGiB: 2 }',
  },
  FL2405: {
    title: "environments that are no list of names",
    meaning:
      "environments.json has no list of names under `environments`: those of the stacks with services, in the order of promotion. Or `enginePreviews` is no list of some of them: those whose state pull requests may read.",
    fix: "Write the list.",
    example: '{ "environments": ["dev", "staging", "prod"], "enginePreviews": ["dev"] }',
  },
  FL2406: {
    title: "not a preview of the engine",
    meaning: "`fairlead diff --pulumi-preview` was given something else than what `pulumi preview --json --show-sames` prints.",
    fix: "Redirect the preview's standard output alone into the file. Where the preview failed, the message has its errors: mend those.",
    example: "pulumi preview --json --show-sames -s prod > prod.json",
  },
  FL2407: {
    title: "setting with a value that is not allowed",
    meaning: "A key of the stack's configuration, Pulumi.<stack>.yaml, has a value that it doesn't take.",
    fix: "Take one that is allowed; the message says which.",
    example: "pulumi config set buildConcurrency 4 -s dev",
  },
  FL2408: {
    title: "Pulumi.yaml without what a plan needs",
    meaning: "Pulumi.yaml names no project (`name`) or no program (`main`), or a program or a folder (`stackConfigDir`) that there is not.",
    fix: "Add or correct it.",
    example: "name: shop\nruntime: nodejs\nmain: stacks/index.js\nstackConfigDir: stacks",
  },
  FL2409: {
    title: "setting that nobody reads",
    meaning:
      "A key of the stack's configuration is not one that Fairlead reads: a guard that it was to set would be off in silence. One that is nearly such a key is refused; another is a warning, unless a program beside the compositions names it.",
    fix: "Correct or remove it. A key that your own composition reads needs a name that is less alike; one that is read elsewhere, a comment that names it.",
  },
  FL2410: {
    title: "another account",
    meaning:
      "The credentials are of another AWS account than `aws:allowedAccountIds` of the stack's configuration names. Found before the first resource: nothing was made or changed.",
    fix: "Take credentials of that account (AWS_PROFILE, aws:profile, aws:assumeRoles), or correct the setting.",
    example: 'config:\n  aws:allowedAccountIds: ["123456789012"]',
  },
  FL2411: {
    title: "exception for a vulnerability that can't be used",
    meaning:
      "vulnerability-exceptions.yaml is no list under `exceptions`, or an entry lacks one of its six texts (vulnerability, stack, service, reason, by, until), has another key, is for a stack or a service that there is not, or ends on no day.",
    fix: "Correct the entry. It counts until the end of its day, in UTC, and is then looked at again.",
    example:
      'exceptions:\n  - vulnerability: CVE-2026-1234\n    stack: prod\n    service: api\n    reason: the parser is never called\n    by: ada@example.com\n    until: "2026-12-31"',
  },
  FL2412: {
    title: "composition without what its services need",
    meaning:
      "A composition in stacks/ hands deployServices no network, cluster, load balancer, serviceDiscovery, data or logs, and a manifest asks for it.",
    fix: "Hand it over, or take out of the manifest what needs it. The message names the services.",
    example: 'serviceDiscovery: new ServiceDiscovery("dev", { network, namespaceName: "dev.internal" }),',
  },
  FL2413: {
    title: "no git, or no repository of it",
    meaning:
      "`fairlead diff` compares commits, and git is not installed, or the folder is in no repository: a copy, an unpacked archive, an image without .git.",
    fix: "Install git, and run it in a clone.",
  },
  FL2414: {
    title: "commit that is not here",
    meaning:
      "The base or the head of a comparison names no commit of this clone: a slip of the pen, or one that a shallow clone leaves out.",
    fix: "Correct the name, or fetch the history: git fetch --unshallow. In GitHub Actions: fetch-depth: 0.",
  },
  FL2415: {
    title: "owner without a team",
    meaning:
      "`fairlead owners` writes GitHub's CODEOWNERS by the manifests' owners, and owners.yaml beside the stacks' configuration doesn't say which team one is, or says anything else than it can.",
    fix: "Name an organization, of which each owner is a team, or the team under teams.",
    example: 'organization: acme\nteams:\n  payments: "@acme/pay-core"',
  },
  FL2416: {
    title: "CODEOWNERS with something else among the services' lines",
    meaning:
      "The block that `fairlead owners` writes holds a line that it did not write, or has no beginning or no end. Nothing was written.",
    fix: "Move what is yours above or below the block. Where the block is broken, take it away.",
  },
  FL2417: {
    title: "CODEOWNERS that is not what the manifests say",
    meaning: "A service is new, gone, or has another owner since `fairlead owners` wrote the file. GitHub would ask the wrong team.",
    fix: "npx fairlead owners, and commit the file.",
  },
  FL2420: {
    title: "requests that would not move",
    meaning:
      "fairlead:formerTargetGroups says which target group of somebody else's still answers a part of a service's requests, by a rule of an existing load balancer. A service without routes, or behind a load balancer of the stack's own, has no such rule, and the number in the configuration would do nothing.",
    fix: "Correct the service's name; or give the composition an ExistingLoadBalancer with formerTargetGroups: settings.formerTargetGroups.",
  },
} satisfies Explanations<"FL24">;
