import type { Adoption } from "@fairlead/adoption";

import { dangersIn } from "../src/adopt/dangers";
import { renderAdoption, renderAll } from "../src/adopt/renderAdoption";
import { renderProof } from "../src/adopt/renderProof";
import { urn } from "../testing/adopt/scriptedPulumi";

const bucket = { urn: urn("aws:s3/bucket:Bucket", "exports"), id: "acme" };

const found: Adoption = {
  ...{ stack: "dev", region: "eu-west-1", looked: 3, settings: [], others: [], letting: [], unseen: [] },
  ...{ taken: [{ urn: bucket.urn, type: "aws:ecs/cluster:Cluster", name: "dev" }] },
  references: [
    {
      of: "table carts",
      thing: { arn: "arn", kind: "table", id: "shop-carts", tags: {} },
      why: "its name ends so",
      notes: ["The CloudFormation stack shop owns it."],
      reference: {
        imports: { package: "@fairlead/data", name: "existingTable" },
        code: 'carts: existingTable({ tableName: "shop-carts" })',
      },
    },
  ],
  moving: [
    { name: "web", targetGroupArn: "arn:old", problems: [] },
    { name: "api", targetGroupArn: undefined, problems: ["its routes come to 2 target groups so far."] },
  ],
  beside: ["mailer takes its work beside whoever does now."],
};

test("what was found is told with what to write, and what moves with the commands that move it", () => {
  expect(renderAdoption(found)).toBe(
    [
      "dev: 3 things of the kinds that a stack can take over in eu-west-1, by their tags",
      "",
      "By reference, in stacks/dev.ts: `up` then neither makes, changes nor deletes it.",
      "  table carts: perhaps shop-carts (its name ends so)",
      "    The CloudFormation stack shop owns it.",
      '    carts: existingTable({ tableName: "shop-carts" })',
      '    // import { existingTable } from "@fairlead/data"',
      "",
      "Under the very names that the plan has, so that `up` would fail to make it:",
      "  Cluster dev",
      "",
      "Whose requests somebody else's tasks answer so far:",
      "  web",
      "    pulumi config set --path formerTargetGroups.web.targetGroupArn arn:old -s dev",
      "    pulumi config set --path formerTargetGroups.web.percent 100 -s dev    # then an up, and down to 0 in steps",
      "  api",
      "    its routes come to 2 target groups so far.",
      "",
      "Beside what runs:",
      "  mailer takes its work beside whoever does now.",
      "",
    ].join("\n"),
  );
});

test("a proof says what an up would do, and whether anything was written", () => {
  const verdict = {
    replaced: [],
    deleted: [],
    changed: [{ ...bucket, type: "aws:s3/bucket:Bucket", name: "exports", properties: ["tags"] }],
  };
  const lifecycle = { urn: urn("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "exports"), id: "acme" };
  const proof = { imported: [bucket], newSettings: [lifecycle], dangers: [], verdict: { ...verdict, created: 4, unchanged: 2 } };
  expect(renderProof(proof, "dev", false)).toMatch(
    /replace 0, delete 0, change 1, make 4, and leave 2 as they are\.\n {2}changes Bucket exports: tags\n {2}sets BucketLifecycleConfiguration of acme, which has none: look at what it deletes, and when\nNothing was written\./,
  );
  expect(renderProof(proof, "acme/dev", true)).toMatch(/They are in the state of acme\/dev now\.\n$/);
});

test("what an up would weaken is marked, as a review says it", () => {
  const state = (type: string, inputs: object) => ({ urn: urn(type, "exports"), type, custom: true, inputs });
  const step = (type: string, before: object, after: object) => ({
    ...{ op: "update", urn: urn(type, "exports"), oldState: state(type, before), newState: state(type, after) },
    detailedDiff: Object.fromEntries(Object.keys(after).map((key) => [key, { kind: "update" }])),
  });
  const [buckets, logs] = ["aws:s3/bucket:Bucket", "aws:cloudwatch/logGroup:LogGroup"];
  const told = (...steps: object[]) => dangersIn(JSON.stringify({ steps }));
  const dangers = told(step(buckets, {}, { forceDestroy: true }), step(logs, { retentionInDays: 365 }, { retentionInDays: 7 }));
  expect(dangers.map(({ urns }) => urns)).toEqual(expect.arrayContaining([[bucket.urn], [urn(logs, "exports")]]));
  expect(told(step(buckets, { tags: { a: "b" } }, { tags: { a: "c" } }))).toEqual([]);
  const changed = [{ ...bucket, type: buckets, name: "exports", properties: ["forceDestroy"] }];
  const verdict = { replaced: [], deleted: [], changed, created: 0, unchanged: 0 };
  expect(renderProof({ imported: [bucket], newSettings: [], verdict, dangers }, "dev", false)).toMatch(
    /changes Bucket exports: forceDestroy\n {4}look: .*exports.*What is in it no longer keeps AWS from deleting it\.\n/,
  );
});

const unseen = [{ what: "subnets of vpc-1", action: "ec2:DescribeSubnets", kind: "denied" as const, message: "no" }];

test("what AWS didn't tell is named with what it takes, and nothing claims to be all", () => {
  const shown = renderAdoption({ ...found, references: [], unseen });
  expect(shown).toMatch(/Nothing of what could be seen looks like what the stack would make\./);
  expect(shown).toMatch(/may be less than there is\.\n {2}Not seen: subnets of vpc-1 \(needs ec2:DescribeSubnets\)\n$/);
  const verdict = { replaced: [], deleted: [], changed: [], created: 0, unchanged: 0 };
  const done = { proof: { imported: [bucket], newSettings: [], verdict, dangers: [] }, stack: "dev", written: true };
  expect(renderAll({ ...found, unseen }, done)).toMatch(/Of what AWS didn't tell \(above\) nothing is among it\.\n$/);
  expect(renderAll(found, done)).toMatch(/They are in the state of dev now\.\n$/);
});

test("settings, what is proposed for nothing, and the order of letting go have parts of their own", () => {
  const thing = { arn: "arn:zone", kind: "hostedZone" as const, id: "Z1", tags: {} };
  const shown = renderAdoption({
    ...found,
    settings: [
      { of: "hostedZoneId", thing, why: "the only one", notes: ["Look first."], command: "pulumi config set hostedZoneId Z1 -s dev" },
    ],
    others: [{ what: "clusters", ids: ["a", "b", "c", "d"], why: "Each has its own." }],
    letting: [{ application: "shop", steps: ["first", "then"] }],
  });
  expect(shown).toMatch(
    /As settings of the stack:\n {2}hostedZoneId: perhaps Z1 \(the only one\)\n {4}Look first\.\n {4}pulumi config set hostedZoneId Z1 -s dev\n/,
  );
  expect(shown).toMatch(/proposed for nothing:\n {2}4 of the clusters \(a, b, c, …\): Each has its own\.\n/);
  expect(shown).toMatch(/To let go of Copilot's shop, in this order.*:\n {2}1\. first\n {2}2\. then\n/);
});
