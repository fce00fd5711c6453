import { requestEffects, severities } from "@fairlead/changes";
import { usageKeys, type Usage } from "@fairlead/cost";
import { allowedKinds, grades } from "@fairlead/review";
import { Type } from "@sinclair/typebox";

import { affected } from "./affected";
import { anything, listOf, number, object, oneOf, optional, text, texts, yes } from "./parts";
import { plan, resource } from "./plan";

const severity = oneOf(severities);
const operation = oneOf(["create", "update", "replace", "delete", "same"]);

const property = object({
  path: text("`containerDefinitions.api.environment.LOG_LEVEL`"),
  before: optional(anything()),
  after: optional(anything()),
  knownAfterApply: optional(yes()),
  isSecret: optional(yes()),
  fingerprintOf: optional(text()),
  replaces: optional(yes({ description: "Whether it makes the provider replace the resource; missing where the plan can't tell." })),
});

const resourceChange = object({
  urn: text(),
  type: text(),
  name: text(),
  operation,
  before: optional(resource),
  after: optional(resource),
  properties: listOf(property),
});

const place = object({ region: text(), accountIds: texts("None where the credentials alone decide.") });

const kind = oneOf([...new Set([...allowedKinds, ...severities])], "What happens; an allowance names it.");

const danger = object({
  severity,
  kind,
  grade: oneOf(grades),
  title: text(),
  forcedBy: texts("Properties that force it."),
  text: text(),
  urns: texts("What it happens to. An allowance names them."),
  isRefused: optional(yes({ description: "That AWS refuses it as it is, whoever allows it." })),
});

const allowedDanger = object({ stack: text(), kind, urn: text(), reason: text(), until: text("The last day on which it counts.") });

const answered = object({
  kind: oneOf(["service", "nobody", "redirect", "loadBalancer", "unknown"]),
  text: text(),
  services: texts(),
  owners: texts(),
});

const request = object({
  loadBalancer: text(),
  internal: yes(),
  port: optional(number()),
  protocol: optional(text()),
  requests: text("`shop.example.com/api/*`"),
  except: texts(),
  example: object({ host: text(), path: text() }),
  from: answered,
  to: answered,
  effect: oneOf(requestEffects),
  caughtBy: optional(text()),
  takenFromOwner: yes(),
  subject: text(),
  outcome: text(),
  text: text(),
  severity,
});

const service = object({
  service: text(),
  operation: oneOf(["create", "change", "delete", "rename"]),
  formerName: optional(text()),
  lines: texts("`memory 512 → 1024 MiB`"),
  rollout: optional(text()),
  urn: text(),
});

const finding = object({
  control: text(),
  title: text(),
  urn: text(),
  type: text(),
  name: text(),
  problem: text(),
  fix: text(),
  exception: optional(text()),
  exceptedBy: optional(oneOf(["stack", "component"])),
});

const notice = object({ refuses: yes(), title: text(), text: text() });

const failed = object({ stack: text(), side: oneOf(["before", "after"]), failure: text() }, "A stack that can't be planned.");

const perMonth = Type.Unsafe<Usage["perMonth"]>(
  object(Object.fromEntries(usageKeys.map((key) => [key, optional(number())])), "What is declared of a month."),
);

const estimate = object({
  currency: text(),
  asOf: optional(text("Day of the oldest price in it.")),
  region: text(),
  isPriced: yes(),
  items: listOf(
    object({
      urn: text(),
      what: text(),
      monthly: optional(number()),
      unknown: optional(text("Why it can't be known.")),
      decidedBy: optional(text()),
      quantity: optional(number()),
    }),
  ),
  total: number({ description: "Of what is known." }),
  unusedUsage: listOf(object({ stack: text(), resource: text(), perMonth })),
  outdatedUsage: listOf(object({ resource: text(), now: text() })),
  assumptions: texts(),
});

/** What both forms say of a stack. */
const common = {
  stack: text(),
  place,
  grade: oneOf(grades),
  dangers: listOf(danger, "The worst first."),
  held: listOf(danger, "Dangers that stop it, and that nothing allows."),
  allowed: listOf(allowedDanger, "What allows one."),
  unused: listOf(allowedDanger, "What allows nothing of this change."),
  expired: listOf(allowedDanger, "What allowed something until a day that is over."),
  services: listOf(service),
  affected: listOf(affected, "Who meets what, beside what dangers and services say."),
  requests: listOf(request, "Requests that another one answers than before."),
  newFindings: listOf(finding),
  mandatory: yes({ description: "Whether findings fail it." }),
  notices: listOf(notice),
};

const stackReport = object({
  ...common,
  changes: object({
    project: text(),
    stack: text(),
    source: oneOf(["embedded", "engine"]),
    before: plan,
    after: plan,
    resources: listOf(resourceChange),
  }),
  areas: listOf(object({ urn: text(), kind: text(), name: text(), changes: listOf(resourceChange) })),
  policy: object({
    findings: listOf(finding),
    excepted: listOf(finding),
    unused: listOf(object({ control: text(), stack: text(), resource: text(), reason: text() })),
  }),
  cost: object({ before: estimate, after: estimate }),
});

const stackSummary = object({
  ...common,
  resources: listOf(object({ operation, type: text(), name: text(), urn: text(), properties: listOf(property) })),
  cost: object({
    currency: text(),
    text: text(),
    before: number(),
    after: number(),
    unknown: number(),
    added: number(),
    gone: number(),
    unpriced: texts(),
  }),
});

const head = {
  version: Type.Literal(1),
  project: text(),
  from: text("What it is compared with."),
  to: text(),
  grade: oneOf(grades, "The gravest of its stacks'."),
  refused: yes({ description: "Whether something says that it must not go on: exit code 1." }),
  notices: optional(listOf(notice, "Of the whole change.")),
  newlyAllowed: optional(listOf(allowedDanger, "What the change's own file allows, and did not before.")),
};

/** What `fairlead diff --json` prints. */
export const diffSchema = object({ ...head, stacks: listOf(Type.Union([stackReport, failed])) });

/** What `fairlead diff --summary` prints. */
export const summarySchema = object({ ...head, stacks: listOf(Type.Union([stackSummary, failed])) });

/** What stands in several places of them. */
export const parts = {
  affected,
  allowedDanger,
  answered,
  danger,
  estimate,
  failed,
  finding,
  notice,
  plan,
  property,
  request,
  resource,
  resourceChange,
  service,
  stackReport,
  stackSummary,
};
