import type { Fact } from "@fairlead/review";

import { affectedLines, affectedNames, inWords, rollbackLines } from "../src/affected";

const from = { starting: 60, untilHealthy: 30, draining: 30, waiting: 0, waves: 1 };
const rollout = { kind: "rollout", of: "api", seconds: 120, tasks: 3, serving: 3, from, hasHooks: false } as const;

test.each<[Fact, string]>([
  [rollout, "about 2 min (60 s to start, 30 s until healthy, 30 s to drain), 3 tasks serve throughout"],
  [{ ...rollout, tasks: 1, serving: 1 }, "about 2 min (60 s to start, 30 s until healthy, 30 s to drain), 1 task serves throughout"],
  [
    { ...rollout, seconds: 240, tasks: 2, serving: 1, from: { ...from, waves: 2 } },
    "about 4 min (60 s to start, 30 s until healthy, 30 s to drain, 2 times), as few as 1 of 2 tasks serves",
  ],
  [
    { ...rollout, seconds: 18_000, from: { starting: 60, untilHealthy: 0, draining: 0, waiting: 17_940, waves: 1 }, hasHooks: true },
    "about 5 h (60 s to start, 5 h of waiting, what its hooks take), 3 tasks serve throughout",
  ],
  [{ kind: "dependents", of: "api", callers: ["shop", "web"], goes: false }, "is called by shop, web"],
  [{ kind: "dependents", of: "api", callers: ["web"], goes: true }, "goes, and was called by web"],
  [
    { kind: "name", of: "api", name: "api.dev.internal", by: "Cloud Map", users: ["web"], stillUsedBy: [] },
    "api.dev.internal (Cloud Map) is found no more; was used by web",
  ],
  [
    { kind: "name", of: "api", name: "api:3000", by: "Service Connect", now: "shop:3000", users: ["web"], stillUsedBy: ["web"] },
    "api:3000 (Service Connect) becomes shop:3000; still used by web",
  ],
  [
    {
      kind: "permissions",
      of: "api",
      gains: [{ what: "write to", on: "bucket reports" }],
      loses: [
        { what: "send to", on: "queue requests" },
        { what: "receive from", on: "queue requests" },
      ],
    },
    "may no longer send to, receive from queue requests; may now write to bucket reports",
  ],
  [
    { kind: "reach", of: "api", gains: ["Postgres accounts on port 5433"], loses: [], keeps: [] },
    "can now connect to Postgres accounts on port 5433",
  ],
  [
    { kind: "reach", of: "api", gains: [], loses: ["anywhere (IPv4) on every port"], keeps: ["10.0.0.0/8 on every port"] },
    "can no longer connect to anywhere (IPv4) on every port, only to 10.0.0.0/8 on every port",
  ],
  [
    { kind: "variables", of: "api", gains: ["KEY"], loses: ["OLD"], changes: ["URL"], secrets: ["KEY"] },
    "no longer gets OLD; now gets the secret KEY; gets another URL",
  ],
  [{ kind: "job", of: "migration", before: ["api"], timeoutMinutes: 1 }, "runs in this `up`, for 1 minute at most, before api"],
  [{ kind: "job", of: "report", before: [], schedule: { before: "rate(1 day)", after: undefined } }, "no longer runs by itself"],
  [
    { kind: "job", of: "report", before: [], schedule: { before: "rate(1 day)", after: "rate(2 days)" } },
    "runs at other times: rate(1 day) → rate(2 days)",
  ],
  [{ kind: "outputs", of: "payments", outputs: ["images", "url"], gone: ["url"] }, "reads url, which goes; images, which changes"],
  [
    {
      kind: "rollback",
      of: "dev",
      reasons: [
        { what: "SQS queue a", why: "deleted" },
        { what: "SQS queue b", why: "deleted" },
        { what: "database cluster db", why: "upgraded", detail: "16 → 17" },
        { what: "migration", why: "migrated" },
      ],
    },
    "SQS queue a, SQS queue b are deleted; database cluster db (16 → 17) takes a new major version; what migration does to data stays",
  ],
])("$kind: %#", (fact, text) => {
  expect(inWords(fact).text).toBe(text);
});

test("rollouts that are the same are said once, and what is said of the stack stands by itself", () => {
  const facts: Fact[] = [
    { kind: "rollback", of: "dev", reasons: [{ what: "SQS queue a", why: "deleted" }] },
    rollout,
    { ...rollout, of: "web" },
    { kind: "dependents", of: "api", callers: ["web"], goes: false },
    { kind: "dependents", of: "web", callers: ["front"], goes: false },
    { kind: "outputs", of: "payments", outputs: ["url"], gone: [] },
  ];
  const affected = facts.map(inWords);
  expect(affectedLines(affected)).toEqual([
    expect.stringMatching(/^api, web: about 2 min/),
    "api: is called by web",
    "web: is called by front",
    "stack payments: reads url, which changes",
  ]);
  expect(rollbackLines(affected)).toEqual(["can't be rolled back: SQS queue a is deleted"]);
  expect(affectedNames(affected)).toEqual(["api", "front", "payments", "web"]);
});
