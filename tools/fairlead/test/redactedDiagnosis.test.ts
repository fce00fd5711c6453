import type { Diagnosis } from "@fairlead/diagnosis";

import { redactedDiagnosis } from "../src/doctor/redactedDiagnosis";

const arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/test";
const diagnosis: Diagnosis = {
  version: 1,
  subject: { clusterArn: arn, serviceName: "test" },
  outcome: "wrong",
  causes: [
    {
      ...{ cause: "read-only-file-system", title: "t", certainty: "sure", key: "writableMounts", fix: "Mount it." },
      problem: 'it writes to /home/node/.npm/_logs; its last words: "login by test"',
      evidence: [{ where: `${arn}/test`, saw: `test on ${arn} failed` }],
      changes: [{ path: ["writableMounts"], value: ["/home/node/.npm"] }],
      commands: ["aws ecs update-service --cluster test"],
    },
  ],
  waits: [{ wait: "scaling", what: "test scales" }],
  service: null,
  unseen: [{ action: "ecs:DescribeTasks", reason: "denied", words: `test may not on ${arn}` }],
  reason: null,
  calls: 1,
};

const environment = { ...process.env };
afterEach(() => void (process.env = environment));

test("what is quoted has no secret of the environment, and what it names stays usable", () => {
  process.env = { ...environment, HOME: "/home/node", AWS_SECRET_ACCESS_KEY: "test" };
  const { subject, causes, waits, unseen } = redactedDiagnosis(diagnosis);
  expect(subject).toEqual(diagnosis.subject);
  expect(causes).toEqual([
    {
      ...diagnosis.causes[0],
      problem: 'it writes to /home/node/.npm/_logs; its last words: "login by [secret]"',
      evidence: [{ where: `${arn}/test`, saw: `[secret] on ${arn} failed` }],
    },
  ]);
  expect([waits[0]!.what, unseen[0]!.words]).toEqual(["[secret] scales", `[secret] may not on ${arn}`]);
});
